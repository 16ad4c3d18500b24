package main

// wantsColor tells whether text is painted when nobody decides it by flag: what
// the environment says, else whether it goes to a terminal. NO_COLOR is that of
// no-color.org, FORCE_COLOR that of force-color.org, where 0 and false mean no,
// as for Node; the CLICOLOR variables are those of bixense.com/clicolors.
func wantsColor(getenv func(string) string, terminal bool) bool {
	force := getenv("FORCE_COLOR")
	switch {
	case getenv("NO_COLOR") != "", force == "0", force == "false":
		return false
	case force != "", getenv("CLICOLOR_FORCE") != "" && getenv("CLICOLOR_FORCE") != "0":
		return true
	}
	return terminal && getenv("CLICOLOR") != "0"
}
