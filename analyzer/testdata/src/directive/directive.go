package directive

import "github.com/reactorgen/reactor"

// Prose may mention a //reactor:model directive.
var text = "//reactor:model name=text"

// reactor:model name=space // want `"// reactor:model" is an ordinary comment.*\[RG101\]`

//reactor:modle name=typo // want `unknown directive "reactor:modle"; did you mean "reactor:model"\? \[RG102\]`

//reactor:model name=LongLive weigths=a fps=30 // want `model name "LongLive" is not valid.*\[RG111\]` `unknown key "weigths".*\[RG112\]` `fps is configuration, not identity.*\[RG121\]`
type LongLive struct{}

func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }

//reactor:command set_prompt
//reactor:param promt // want `method SetPrompt has no parameter "promt"; did you mean "prompt"\? \[RG331\]`
//reactor:param prompt minlen=9 maxlen=3 // want `maxlen=3 is below minlen=9.*\[RG333\]`
func (m *LongLive) SetPrompt(prompt string) {}
