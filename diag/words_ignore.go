package diag

import "fmt"

// howToIgnore is the form of an ignore directive.
const howToIgnore = "write //reactor:ignore CODE REASON"

// NoIgnoreCode says that an ignore directive does not say what to ignore.
func NoIgnoreCode(at Range) Diagnostic {
	d := newError(RG131, at, "//reactor:ignore names no code")
	d.Help = []string{howToIgnore}
	return d
}

// NoReason says that an ignore directive does not say why.
func NoReason(at Range, code Code) Diagnostic {
	d := newError(RG131, at, fmt.Sprintf("//reactor:ignore %s gives no reason", code))
	d.Notes = []string{"who reads the code later has to know why the finding is meant to be"}
	d.Help = []string{fmt.Sprintf("write //reactor:ignore %s REASON", code)}
	return d
}

// UnknownCode says that there is no such code to ignore.
func UnknownCode(at Range, text string) Diagnostic {
	d := newError(RG132, at, fmt.Sprintf("there is no code %q", text))
	d.Help = []string{howToIgnore + "; reactor-gen explain lists the codes"}
	if near := NearCode(text); near != "" {
		d.Summary += fmt.Sprintf("; did you mean %s?", near)
		d.Help = []string{fmt.Sprintf("write %s (%s)", near, near.Title())}
	}
	return d
}

// NothingToIgnore says that an ignore directive silences nothing.
func NothingToIgnore(at Range, code Code) Diagnostic {
	d := Diagnostic{Code: RG133, Severity: Warning, Range: at}
	d.Summary = fmt.Sprintf("nothing here is %s, so there is nothing to ignore", code)
	d.Notes = []string{"it holds from its own line to the first one after its comment"}
	d.Help = []string{"drop it"}
	return d
}

// NotIgnorable says that findings of a code cannot be ignored.
func NotIgnorable(at Range, code Code) Diagnostic {
	d := newError(RG134, at, fmt.Sprintf("%s (%s) cannot be ignored", code, code.Title()))
	d.Notes = []string{"only what leaves one good model can be, such as a comment that merely looks like a directive"}
	d.Help = []string{"drop this line, and cure what it is about; reactor-gen explain " + string(code) + " says how"}
	return d
}
