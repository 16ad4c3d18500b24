package runner

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
)

type word string

// read reads the argument x of a JSON object, of one kind, and writes down what
// came of it.
func read(kind, args, form string) string {
	parameters := schema{}
	if err := decode([]byte(`{"x":`+form+`}`), &parameters); err != nil {
		return "schema: " + err.Error()
	}
	a, refusal := parseArgs(json.RawMessage(args), parameters, nil)
	if refusal != nil {
		return refusal.Error()
	}
	var got any
	switch kind {
	case "int":
		got = Int[int](a, "x")
	case "int8":
		got = Int[int8](a, "x")
	case "uint8":
		got = Int[uint8](a, "x")
	case "int64":
		got = Int[int64](a, "x")
	case "uint64":
		got = Int[uint64](a, "x")
	case "float":
		got = Float[float64](a, "x")
	case "float32":
		got = Float[float32](a, "x")
	case "bool":
		got = Bool[bool](a, "x")
	case "text":
		got = Text[word](a, "x")
	}
	if err := a.Err(); err != nil {
		return err.Error()
	}
	return fmt.Sprintf("%v", got)
}

// TestArgsCoercion is the table of what a lax client may send.
func TestArgsCoercion(t *testing.T) {
	for _, test := range []struct{ kind, value, want string }{
		{"int", `5`, "5"},
		{"int", `-5`, "-5"},
		{"int", `-0`, "0"},
		{"int", `"5"`, "5"},
		{"int", `"+5"`, "5"},
		{"int", `"-5"`, "-5"},
		{"int", `5.0`, "5"},
		{"int", `5e2`, "500"},
		{"int", `"5.0"`, "5"},
		{"int", `"5.00"`, "5"},
		{"int", `" 7 "`, "7"},
		{"int", `"007"`, "7"},
		{"int", `"1_000"`, "1000"},
		{"int", `true`, "1"},
		{"int", `false`, "0"},
		{"int", `5.5`, "x: must be a whole number, not 5.5"},
		{"int", `"5.5"`, `x: must be a whole number, not "5.5"`},
		{"int", `"5."`, `x: must be a whole number, not "5."`},
		{"int", `".0"`, `x: must be a whole number, not ".0"`},
		{"int", `"1e3"`, `x: must be a whole number, not "1e3"`},
		{"int", `"1__0"`, `x: must be a whole number, not "1__0"`},
		{"int", `"_1"`, `x: must be a whole number, not "_1"`},
		{"int", `"--1"`, `x: must be a whole number, not "--1"`},
		{"int", `"٣"`, `x: must be a whole number, not "٣"`},
		{"int", `""`, `x: must be a whole number, not ""`},
		{"int", `"yes"`, `x: must be a whole number, not "yes"`},
		{"int", `null`, "x: must have a value, not null"},
		{"int", `[1]`, "x: must be a whole number, not a list"},
		{"int", `{}`, "x: must be a whole number, not an object"},
		{"int", `1e999`, "x: must be a whole number, not 1e999"},
		{"int8", `127`, "127"},
		{"int8", `-128`, "-128"},
		{"int8", `128`, "x: must be a whole number from -128 to 127, not 128"},
		{"int8", `-129`, "x: must be a whole number from -128 to 127, not -129"},
		{"uint8", `255`, "255"},
		{"uint8", `256`, "x: must be a whole number from 0 to 255, not 256"},
		{"uint8", `-1`, "x: must be a whole number from 0 to 255, not -1"},
		{"int64", `9223372036854775807`, "9223372036854775807"},
		{"int64", `-9223372036854775808`, "-9223372036854775808"},
		{"int64", `9223372036854775808`, "x: must be a whole number from -9223372036854775808 to 9223372036854775807, not 9223372036854775808"},
		{"uint64", `"18446744073709551615"`, "18446744073709551615"},
		{"uint64", `18446744073709551616`, "x: must be a whole number from 0 to 18446744073709551615, not 18446744073709551616"},
		{"uint64", `1e30`, "x: must be a whole number from 0 to 18446744073709551615, not 1e30"},
		{"uint64", strings.Repeat("9", 100), "x: must be a whole number from 0 to 18446744073709551615, not " + strings.Repeat("9", 40) + "…"},

		{"float", `1`, "1"},
		{"float", `1.5`, "1.5"},
		{"float", `true`, "1"},
		{"float", `"1.5"`, "1.5"},
		{"float", `" 1.5 "`, "1.5"},
		{"float", `"1e3"`, "1000"},
		{"float", `"1_000.5"`, "1000.5"},
		{"float", `"nan"`, "NaN"},
		{"float", `"-inf"`, "-Inf"},
		{"float", `1e999`, "+Inf"},
		{"float", `"0x10"`, `x: must be a number, not "0x10"`},
		{"float", `"fast"`, `x: must be a number, not "fast"`},
		{"float", `""`, `x: must be a number, not ""`},
		{"float", `null`, "x: must have a value, not null"},
		{"float", `[]`, "x: must be a number, not a list"},
		{"float32", `0.5`, "0.5"},
		{"float32", `1e39`, "x: must be a number of at most 32 bits, not 1e39"},
		{"float32", `"inf"`, "+Inf"},

		{"bool", `true`, "true"},
		{"bool", `0`, "false"},
		{"bool", `1`, "true"},
		{"bool", `1.0`, "true"},
		{"bool", `0.0`, "false"},
		{"bool", `"true"`, "true"},
		{"bool", `"TRUE"`, "true"},
		{"bool", `"yes"`, "true"},
		{"bool", `"on"`, "true"},
		{"bool", `"off"`, "false"},
		{"bool", `"N"`, "false"},
		{"bool", `2`, "x: must be true or false, not 2"},
		{"bool", `0.5`, "x: must be true or false, not 0.5"},
		{"bool", `"maybe"`, `x: must be true or false, not "maybe"`},
		{"bool", `null`, "x: must have a value, not null"},

		{"text", `"a b"`, "a b"},
		{"text", `""`, ""},
		{"text", `5`, "x: must be text, not 5"},
		{"text", `true`, "x: must be text, not true"},
		{"text", `["a"]`, "x: must be text, not a list"},
		{"text", `null`, "x: must have a value, not null"},
	} {
		if got := read(test.kind, `{"x":`+test.value+`}`, `{"required":true}`); got != test.want {
			t.Errorf("%s of %s: %s, want %s", test.kind, test.value, got, test.want)
		}
	}
}

func TestArgsLimits(t *testing.T) {
	for _, test := range []struct{ kind, value, schema, want string }{
		{"float", `0`, `{"minimum":0,"maximum":2}`, "0"},
		{"float", `2`, `{"minimum":0,"maximum":2}`, "2"},
		{"float", `-0.1`, `{"minimum":0,"maximum":2}`, "x: must be at least 0, not -0.1"},
		{"float", `"3"`, `{"minimum":0,"maximum":2}`, `x: must be at most 2, not "3"`},
		{"float", `"nan"`, `{"maximum":2}`, `x: must be at most 2, not "nan"`},
		{"float", `"-inf"`, `{"minimum":0}`, `x: must be at least 0, not "-inf"`},
		{"float", `0.1`, `{"maximum":0.1}`, "0.1"},
		{"float", `0`, `{"exclusiveMinimum":0}`, "x: must be more than 0, not 0"},
		{"float", `1`, `{"exclusiveMaximum":1.0}`, "x: must be less than 1.0, not 1"},
		{"float", `0.3`, `{"multipleOf":0.1}`, "0.3"},
		{"float", `0.35`, `{"multipleOf":0.1}`, "x: must be a multiple of 0.1, not 0.35"},
		{"int", `3`, `{"minimum":1,"maximum":3}`, "3"},
		{"int", `4`, `{"minimum":1,"maximum":3.5}`, "x: must be at most 3.5, not 4"},
		{"int", `true`, `{"minimum":2}`, "x: must be at least 2, not true"},
		{"int", `1`, `{"exclusiveMinimum":1}`, "x: must be more than 1, not 1"},
		{"int", `9`, `{"multipleOf":3}`, "9"},
		{"int", `10`, `{"multipleOf":3}`, "x: must be a multiple of 3, not 10"},
		{"int64", `9007199254740993`, `{"maximum":9007199254740992}`, "x: must be at most 9007199254740992, not 9007199254740993"},
		{"text", `"äö"`, `{"minLength":2,"maxLength":2}`, "äö"},
		{"text", `"ä"`, `{"minLength":2}`, "x: must have at least 2 characters, has 1"},
		{"text", `"äöü"`, `{"maxLength":1}`, "x: must have at most 1 character, has 3"},
		{"text", `"abc1"`, `{"pattern":"[0-9]"}`, "abc1"},
		{"text", `"abc"`, `{"pattern":"^[0-9]+$"}`, `x: must match ^[0-9]+$, not "abc"`},
		{"text", `"y"`, `{"enum":["x","y","z"]}`, "y"},
		{"text", `"Y"`, `{"enum":["x","y","z"]}`, `x: must be "x", "y" or "z", not "Y"`},
		{"text", `null`, `{"enum":["x","y","z"]}`, `x: must have a value, not null`},
		{"text", `["x"]`, `{"enum":["x"]}`, `x: must be "x", not a list`},
		{"text", `"b"`, `{"const":"a"}`, `x: must be "a", not "b"`},
		{"int", `2`, `{"enum":[1,2]}`, "2"},
		{"int", `2.0`, `{"enum":[1,2]}`, "2"},
		{"int", `"2"`, `{"enum":[1,2]}`, `x: must be 1 or 2, not "2"`},
		{"int", `true`, `{"enum":[1,2]}`, "x: must be 1 or 2, not true"},
		{"bool", `false`, `{"const":true}`, "x: must be true, not false"},
		{"text", `"` + strings.Repeat("é", 50) + `"`, `{"enum":["x"]}`, `x: must be "x", not "` + strings.Repeat("é", 40) + `…"`},
	} {
		if got := read(test.kind, `{"x":`+test.value+`}`, test.schema); got != test.want {
			t.Errorf("%s of %s with %s: %s, want %s", test.kind, test.value, test.schema, got, test.want)
		}
	}
}

func TestArgsMissing(t *testing.T) {
	for _, test := range []struct{ kind, args, schema, want string }{
		{"int", `{}`, `{"required":true}`, "x: is required"},
		{"int", `null`, `{"required":true}`, "x: is required"},
		{"int", ``, `{"required":true}`, "x: is required"},
		{"int", `{"X":1}`, `{"required":true}`, "x: is required"},
		{"int", `{}`, `{"default":3}`, "3"},
		{"int", `{}`, `{"default":30,"maximum":10}`, "30"}, // the author's own
		{"float", `{}`, `{"default":0.5}`, "0.5"},
		{"bool", `{}`, `{"default":true}`, "true"},
		{"text", `{}`, `{"default":"mist"}`, "mist"},
		{"text", `{"x":""}`, `{"default":"mist"}`, ""},
		{"text", `{}`, `{"minLength":2}`, ""},
		{"int", `5`, `{}`, "the arguments must be a JSON object, not 5"},
		{"int", `"a"`, `{}`, `the arguments must be a JSON object, not "a"`},
		{"int", `{"x":`, `{}`, "the arguments are not JSON: unexpected EOF"},
	} {
		if got := read(test.kind, test.args, test.schema); got != test.want {
			t.Errorf("%s in %q with %s: %s, want %s", test.kind, test.args, test.schema, got, test.want)
		}
	}
}

func TestArgsKeepTheFirstRefusal(t *testing.T) {
	a, _ := parseArgs(json.RawMessage(`{"a":"x","b":2,"c":"y"}`), schema{"a": {}, "b": {}, "c": {}}, nil)
	if got := Int[int](a, "a") + Int[int](a, "b") + Int[int](a, "c"); got != 0 {
		t.Errorf("what is read after a refusal is %d, want 0", got)
	}
	if got := a.Err().(*Refusal); got.Param != "a" || got.Code != "invalid_parameter" {
		t.Errorf("the refusal is %+v, want the first", got)
	}
	if Float[float64](a, "not described"); a.Err().(*Refusal).Param != "a" {
		t.Error("a later refusal has replaced the first")
	}
}

// FuzzArgs reads arbitrary JSON as every kind, with limits, and checks that a
// value that is let through keeps them.
func FuzzArgs(f *testing.F) {
	for _, seed := range []string{
		``, `null`, `{}`, `[]`, `{"x":1}`, `{"x":"1_000"}`, `{"x":1e999}`, `{"x":"nan"}`, `{"x":-0}`, `{"x":"5.0"}`,
		`{"x":true}`, `{"x":null}`, `{"x":[{}]}`, `{"x":"yes"}`, `{"x":"\ud800"}`, `{"x":1}{`, `{"x":18446744073709551616}`,
		`{"x":"+_1"}`, `{"x":0.30000000000000004}`, `{"x":` + strings.Repeat("9", 400) + `}`,
	} {
		f.Add([]byte(seed))
	}
	parameters := schema{}
	if err := decode([]byte(`{"x":{"minimum":-3,"maximum":100,"minLength":1,"maxLength":5,"required":true}}`), &parameters); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		args := func() *Args {
			a, refusal := parseArgs(text, parameters, nil)
			if (refusal == nil) == (a == nil) {
				t.Fatalf("neither arguments nor a refusal, or both: %v, %v", a, refusal)
			}
			return a
		}
		if args() == nil {
			return
		}
		if a := args(); true {
			if n := Int[int16](a, "x"); a.Err() == nil && (n < -3 || n > 100) {
				t.Errorf("%d is let through", n)
			}
		}
		if a := args(); true {
			if x := Float[float64](a, "x"); a.Err() == nil && !(x >= -3 && x <= 100) || math.IsNaN(x) {
				t.Errorf("%v is let through", x)
			}
		}
		if a := args(); true {
			if s := Text[string](a, "x"); a.Err() == nil && (len(s) < 1 || len([]rune(s)) > 5) {
				t.Errorf("%q is let through", s)
			}
		}
		a := args()
		Bool[bool](a, "x")
		if err := a.Err(); err != nil && len(err.Error()) > 300 {
			t.Errorf("a refusal of %d bytes: %v", len(err.Error()), err)
		}
	})
}
