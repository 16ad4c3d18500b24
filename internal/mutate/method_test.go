package mutate

import "regexp"

// session is the head of the method that makes a model.
var session = regexp.MustCompile(`(?m)^func (\((\w+) (\*?\w+)\)) (StartSession)(\(ctx reactor\.Context\) error)`)

// The groups of session.
const (
	receiver = 1 + iota
	_
	receiverType
	methodName
	signature
)

// methodBreakages are mistakes in the head of StartSession.
func methodBreakages() []breakage {
	inHead := func(name string, group int, with func(*mutation, string) string) breakage {
		return breakage{name, true, func(m *mutation) bool {
			at := session.FindStringSubmatchIndex(m.files[m.model])[2*group:]
			return m.splice(m.model, at[0], at[1], with(m, m.files[m.model][at[0]:at[1]]))
		}}
	}
	return []breakage{
		inHead("receiver of another type", receiverType, func(m *mutation, _ string) string {
			return pick(m, []string{"*other", "other", "*reactor.Block", "int"})
		}),
		inHead("no receiver", receiver, func(*mutation, string) string { return "" }),
		inHead("method misspelt", methodName, func(m *mutation, name string) string { return m.typo(name, 1+m.IntN(2)) }),
		inHead("method in another case", methodName, func(m *mutation, _ string) string {
			return pick(m, []string{"startSession", "Startsession", "STARTSESSION"})
		}),
		inHead("method of another name", methodName, func(m *mutation, _ string) string { return pick(m, []string{"Run", "Start"}) }),
		inHead("another signature", signature, func(m *mutation, _ string) string {
			return pick(m, []string{"(ctx reactor.Context)", "() error", "(ctx *reactor.Context) error", "(ctx reactor.Ctx) error",
				"(ctx reactor.Context, n int) error", "(ctx reactor.Context) (int, error)", "(ctx reactor.Context) bool",
				"(ctx context.Context) error", "[T any](ctx reactor.Context) error", "(ctx ...reactor.Context) error"})
		}),
	}
}
