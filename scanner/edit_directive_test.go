package scanner_test

// directiveEdits are those of directives: of every verb, and of what was meant as
// one.
func directiveEdits() []edit {
	model, file := (*worktree).model, (*worktree).goFile
	return []edit{
		lineEdit("a directive's argument", model, `(?m)^(//reactor:.*\b\w+)=(\S+)$`, "$1=${2}x", "$1=", "$1=\"two words\"", "$1=$2 $1=$2", "$1=9"),
		lineEdit("a model's name", model, `name=(\w+)`, "name=other", "name=Long_Live", "name=", "nam=$1", "name=$1-2"),
		lineEdit("weights", model, `weights=\S+`, "weights=base,large", "weights=base", "weights=../x", "weights=", "weights=Base"),
		lineEdit("a configuration's name", model, ` config=\S+`, "", " config=configs/other.yaml", " config=notes.yaml", " config=nothing.yaml", " config=../x.yaml"),
		lineEdit("an argument more", model, `(?m)^(//reactor:\w+ .*)$`, "$1 author=Bob", "$1 fps=30", "$1 license=\"MIT", "$1 weights=tiny", "$1 descripton=x", "$1 description=\"Another one\""),
		lineEdit("a directive less", model, `(?m)^//reactor:.*\n`, ""),
		lineEdit("a directive less", model, `(?m)^//reactor:(command|param|message|track).*\n`, ""),
		lineEdit("a directive twice", model, `(?m)^//reactor:.*\n`, "$0$0", "$0//\n$0"),
		lineEdit("a directive that is none", model, `(?m)^//reactor:(\w+)`, "// reactor:$1", "//reactor: $1", "//Reactor:$1", "//reactr:$1", "//reactor:${1}s", "//reactor.$1", "/*reactor:$1*/ //"),
		lineEdit("a directive that is one again", model, `(?m)^// ?[rR]eact(?:o)?r[:.] ?(\w+)`, "//reactor:$1"),
		lineEdit("a detached directive", model, `(?m)^(//reactor:.*\n)((?:type|func) )`, "$1\n$2"),
		lineEdit("a param", model, `(?m)^//reactor:param (\w+)`, "//reactor:param x$1", "//reactor:param", "//reactor:param $1 max=1", "//reactor:param $1 min=5"),
		lineEdit("a command", model, `(?m)^//reactor:command (\w+)`, "//reactor:command ${1}_2", "//reactor:command Bad-Name", "//reactor:command $1 async=true", "//reactor:command"),
		lineEdit("a message", file, `(?m)^(type \w+ struct \{)`, "// It is sent.\n//\n//reactor:message note\n$1", "//reactor:message progress\n$1"),
		lineEdit("a track", file, `(?m)^(type \w+ )`, "//reactor:track depth\n$1", "//reactor:track main_audio kind=audio\n$1", "//reactor:track webcam\n$1", "//reactor:track kind=vidoe\n$1"),
		lineEdit("a second model", file, `(?m)^(type \w+ )`, "//reactor:model name=second\n$1", "//reactor:model name=longlive\n$1", "// reactor:model name=second\n$1"),
		lineEdit("a command more", file, `(?m)^(func \(\w+ \*?\w+\) [A-Z])`, "//reactor:command more\n$1", "//reactor:command more\n//reactor:param x\n$1"),
		lineEdit("a line to ignore", model, `(?m)^(//reactor:\w+.*)$`, "//reactor:ignore RG522 it is meant\n$1", "//reactor:ignore RG102\n$1", "$1\n//reactor:ignore RG302 so be it", "//reactor:ignore\n$1"),
		lineEdit("a directive in a string", file, `(?m)^(func .*\{)$`, "$1\n\t_ = `\n//reactor:model name=text\n`", "$1\n\t// See //reactor:model name=prose."),
		{"a moved directive", (*worktree).moveDirective},
		{"a test's directive", func(w *worktree) bool {
			w.files[dirOf(w.goFile())+"more_test.go"] = "package x_test\n\n//reactor:model name=tested\ntype T struct{}\n"
			return true
		}},
		lineEdit("a session's signature", model, `(?m)^func \((\w+) \*(\w+)\) StartSession\(.*\{$`, "func ($1 *$2) StartSession(ctx reactor.Context) error {", "func ($1 *$2) StartSession() error {",
			"func ($1 *$2) StartSession(ctx reactor.Context) {", "func ($1 $2) startSession(ctx reactor.Context) error {", "func ($1 *$2) Start(ctx reactor.Context) error {"),
		lineEdit("a constructor", model, `(?m)^func New\(.*\{$`, "func New(cfg *settings.Config) *LongLive {", "func New(cfg settings.Config, more int) (*LongLive, error) {", "func NewLongLive(w reactor.Weights) (*LongLive, error) {", "func New(cfg *reactor.Config) (*LongLive, error) {"),
	}
}

// moveDirective moves a line with a directive to another file.
func (w *worktree) moveDirective() bool {
	p, to := w.model(), w.goFile()
	at := directiveLine.FindStringIndex(w.files[p])
	if at == nil || p == to {
		return false
	}
	line := w.files[p][at[0]:at[1]]
	w.files[p] = w.files[p][:at[0]] + w.files[p][at[1]:]
	if !w.replace(to, declarationLine, line+"$0") {
		w.add(to, "\n"+line)
	}
	return true
}
