package config

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// writtenCases are those that a person thought of: what the reference says of
// files (4.2, 4.3), overrides (4.4) and interpolations (4.5).
func writtenCases() (all []oracle) {
	for _, text := range []string{
		// Typing.
		"", "# only a comment\n", "~\n", "{}\n",
		"a: yes\nb: no\nc: on\nd: Off\ne: TRUE\nf: False\ng: y\nh: N\ni: yEs\n",
		"a: 1e3\nb: 1e-3\nc: 1.\nd: .5\ne: -1.5E+2\nf: 1_0.5\ng: 1e\nh: e3\ni: 1.2.3\n",
		"a: 1_0\nb: 0x1F\nc: 017\nd: 010\ne: 0b11\nf: 0o17\ng: +12\nh: -010\ni: 08\nj: 0X1F\n",
		"a: 12:30\nb: 1:30\nc: -1:30\nd: 1:60\ne: 01:30\nf: 1:30.5\n",
		"a: .inf\nb: -.INF\nc: .nan\nd: inf\ne: nan\nf: +.Inf\n",
		"a: 2024-01-02\nb: 2024-01-02T03:04:05Z\nc: 12:30:45\n",
		"a: ~\nb:\nc: null\nd: Null\ne: None\nf: nULL\n",
		"a: '1'\nb: \"true\"\nc: 'null'\nd: |\n  1\ne: >\n  x\n  y\n",
		"a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\ne: *x\n",
		"d:\n  <<: [{a: 1}, {a: 2, b: 2}]\n",
		"a: !!str 1\nb: !!float 1\nc: !!int 7\n",
		"a: [1, [2, {b: ~}], []]\nb: {}\n",
		"a: x y\nb: 'it''s'\nc: \"tab\\t\\u00e9\"\nd: ä€😀\n",
		"a: 9223372036854775807\nb: -9223372036854775808\n",
		"a: 0.1\nb: 1e16\nc: 123456789012345680.0\nd: 1e-5\ne: 0.0001\nf: 1e22\ng: -0.0\nh: 1e400\n",
		"a: +.5\nb: 1_000.5\nc: 0.\nd: 1E5\ne: 1e+5\nf: 1.e5\ng: 1e5.5\nh: 1.5e\ni: ._5\nj: 1._5\nk: -1e-3\nl: 1__0\nm: 1_\n",
		"a: -.5\nb: .5e3\nc: .5e+3\nd: -.5e-3\ne: .\nf: -.\ng: .e5\n", "a: 0x_1\nb: 0b_1\nc: 0_7\nd: 00\ne: -0x1f\nf: +0b1\ng: 0b2\nh: 0xg\ni: 0_\nj: 1_0_\nk: _1\nl: 09\nm: 0.7\nn: 00.5\no: 07.5\n",
		"a: 1:2:3\nb: 190:20:30\nc: 190:20:30.15\nd: 1:2.5\ne: -1:2:3\nf: 0:30\ng: 1:99\nh: 10:\ni: 1:5:\nj: '1:30'\n",
		"a: '='\nb: '<<'\nc: |-\n  x\n   y\n\nd: >-\n  x\n  y\n\n  z\ne: ''\nf: \"\\x41\\u00e9\\n\"\n",
		"a: -\n", "a: - 1\n", "a: b: c\n", "a: @b\n", "a: `b`\n", "a: %b\n", "a: 'b' c\n", "a: [1 2, 3]\n", "a: {b, c: 1}\n", "a: {b: }\n", "a: [,]\n", "a: [1,]\n", "{a: 1, b: [2]}\n", "'a b': 1\n\"c\\td\": 2\n",
		"? a\n: b\n", "a:\n- 1\n- 2\n", "a:\n  - b: 1\n    c: 2\n  - - 3\n", "a: x # comment\nb: x#y\nc: 'x # y'\n", "--- \na: 1\n...\n", "%YAML 1.1\n---\na: yes\n", "a: !!bool yes\nb: !!null ''\nc: !!int 0x10\n",
		"a: 99999999999999999999\n", "a: 18446744073709551615\n", "a: 1.7976931348623157e309\nb: 4.9e-324\nc: 1e-400\nd: 0.30000000000000004\ne: 100000000000000000000.0\nf: 12345678.9\n",
		"a: ${b}x\nb: 123456789012345678\n", "a: ${b}x\nb: 0.1\n", "a: ${b}x\nb: -0.0\n", "a: ${b}x\nb: 100000.0\n", "a: ${b}x\nb: 1e15\n", "a: ${b}x\nb: 1e17\n", "a: ${b}x\nb: 1.5e300\n", "a: ${b}x\nb: 0.00012\n",
		"a: !!float 1_0\n", "a: !!str\n", "a: &x 1\nb: *x\nc: ${b}\n", "a: *a\n", "a: &a [*a]\n", "a: &a {b: *a}\n", "<<: {a: 1}\n", "a: {<<: [{b: 1}, 2]}\n", "a: {<<: 5}\n", "\ufeffa: 1\n", "a: 1\r\nb: 2\r\n", "a: \"\\uD800\"\n", "a: \x01\n",
		// Mistakes of files.
		"a: 1\n\tb: 2\n", "a: [1, 2\n", "a: 'x\n", "a: *x\n", "a: !foo 1\n", "a: 1\n---\nb: 2\n",
		"a: 1\na: 2\n", "- 1\n", "5\n", "~: 1\n", "a: !!set {b}\n",
		// References.
		"a: ${b}\nb: 1\n", "a: ${b}\nb: [1, {c: 2}]\n", "a: ${b.c}\nb: {c: yes}\n", "a: ${b}/c\nb: x\n",
		"a: ${b[0]}\nb: [5]\n", "a: ${b.1.c}\nb: [5, {c: 6}]\n", "a: ${b[0].k}\nb: [{k: 7}]\n", "a: ${[b][c]}\nb: {c: 1}\n",
		"a: ${b.-1}\nb: [5]\n", "a: ${b.5}\nb: [5]\n", "a: ${b.x}\nb: [5]\n", "a: ${b.c}\nb: 5\n", "a: ${b.c}\nb: ~\n",
		"a: ${b}x\nb: 1.10\n", "a: ${b}x\nb: 010\n", "a: ${b}x\nb: yes\n", "a: ${b}x\nb:\n", "a: ${b}x\nb: 1e3\n", "a: ${b}x\nb: 1e-5\n",
		"a: ${b}x${c}\nb: 1e16\nc: .inf\n", "a: ${b}x\nb: .nan\n", "a: x${b}\nb: [1, a]\n", "a: x${b}\nb: {a: 1}\n",
		"a: ${.b}\nb: 1\n", "a: {b: '${.c}', c: 2}\n", "a: {b: '${..c}'}\nc: 3\n", "a: {b: {c: '${...d}'}}\nd: 4\n",
		"a: ${..b}\nb: 1\n", "a: {b: '${....c}'}\nc: 1\n", "l: ['${.1}', 5, '${..f}']\nf: 7\n", "a: {b: '${.}'}\n",
		"x: {l: '${..m}'}\nm: {a: '${.b}', b: 1}\n", "a: ${b.c}\nb: {c: '${.e}', e: '${..f}'}\nf: 7\n",
		"a: ${ b }\nb: 1\n", "a: ${b c}\nb: 1\n", "a: ${b,c}\nb,c: 1\n", "a: ${b=c}\nb=c: 1\n", "a: ${b/c-d$e}\nb/c-d$e: 1\n", "a: ${ä}\nä: 1\n",
		"a: ${}\n", "a: ${ }\n", "a: ${\n", "a: '${b'\nb: 1\n", "a: ${b.}\nb: {c: 1}\n", "a: ${b..c}\nb: {c: 1}\n", "a: ${b[}\nb: 1\n", "a: ${b]}\nb: 1\n",
		"a: ${b[0}\nb: [1]\n", "a: ${b[]}\nb: [1]\n", "a: '${{b}}'\nb: 1\n", "a: ${'b'}\nb: 1\n", "a: $b $ $$ ${b}\nb: 1\n", "a: $${b}\nb: 1\n",
		"a: ${${e}}\ne: b\nb: 1\n", "a: ${${e}}\ne: b.c\nb: {c: 1}\n", "a: ${b.${e}}\ne: c\nb: {c: 1}\n", "a: ${${e}.c}\ne: b\nb: {c: 1}\n",
		"a: ${b.${e}.${f}}\ne: c\nf: d\nb: {c: {d: 1}}\n", "a: ${b[${i}]}\ni: '1'\nb: [4, 5]\n", "a: ${b[${i}]}\ni: 1\nb: [4, 5]\n",
		"a: ${x${e}}\ne: b\nxb: 1\n", "a: ${${e}x}\ne: b\nbx: 1\n", "a: ${${e}}\ne: ~\n", "a: ${${e}}\ne: [b]\nb: 1\n",
		"a: ${x}\nb: 1\n", "a: ${b.x}\nb: {y: 1}\n", "a: ${a}\n", "a: ${b}\nb: ${a}\n", "a: ${b}\nb: ${c}\nc: x${a}\n", "a: {b: '${a}'}\n", "a: {b: '${a.c}', c: 1}\n",
		"a: ['${a}']\n", "a: ${b}\nb: {c: '${a}'}\n", "a: ${b}\nb: ???\n", "a: ???\n", "a: x${b}\nb: ???\n",
		"a: ${b.c}\nb: ${d}\nd: {c: 4}\n", "a: ${b.c.e}\nb: ${d}\nd: {c: '${f}'}\nf: {e: 5}\n", "a: ${b}\nb: ${c}\nc: ${d}\nd: 1\n",
		// Escapes.
		`a: \${b}` + "\nb: 1\n", `a: x\\${b}\\y` + "\nb: 1\n", `a: x\\\${b}\\y` + "\nb: 1\n", `a: x\\\\${b}` + "\nb: 1\n", `a: \a\\b\` + "\n", `a: \${b} ${b} \x` + "\nb: 1\n", `a: \${` + "\n",
		`a: '\${${b}}'` + "\nb: 1\n", `a: ${b}\` + "\nb: 1\n",
		// oc.env.
		"a: ${oc.env:HERE}\n", "a: ${oc.env:GONE}\n", "a: ${oc.env:EMPTY}\n", "a: ${oc.env:HERE,5}\n", "a: ${oc.env:GONE,5}\n", "a: ${oc.env:GONE,null}\n",
		"a: ${oc.env:GONE,1.50}\n", "a: ${oc.env:GONE,true}\n", "a: ${oc.env:GONE,a b }\n", "a: '${oc.env:GONE, a,b}'\n", "a: '${oc.env:GONE,}'\n", "a: '${oc.env:GONE,[1,2]}'\n",
		"a: ${oc.env:NUMBER}\n", "a: ${oc.env:NUMBER,x}/y\n", "a: ${oc.env:TRICKY}\n", "a: x${oc.env:TRICKY}\nb: 1\n", "a: ${oc.env:}\n", "a: ${oc.env:5}\n", "a: ${oc.env:${n}}\nn: HERE\n",
		"a: '${oc.env:GONE,http://x.y:80/a}'\n", "a: '${oc.env:GONE,http://x.y/?b=c&d#e}'\n", "a: '${oc.env:GONE,ä}'\n", "a: '${oc.env:GONE,\"q,r\"}'\n", "a: '${oc.env:GONE,\"it''s\"}'\n",
		"a: '${oc.env:GONE,/tmp/${b}/x}'\nb: 3\n", "a: '${oc.env:GONE,${b}}'\nb: 3\n", `a: ${oc.env:GONE,a\,b\ }` + "\n", "a: ${oc.env:GONE,007}\n", "a: ${oc.env:GONE,'${b}'}\nb: 3\n",
		"a: ${oc.env:GONE,\"\\${b}\"}\nb: 3\n", "a: ${oc.env: GONE , 5 }\n", "a: ${oc.env:GONE,${oc.env:GONE,${oc.env:HERE}}}\n", "a: ${oc.env:GONE,'x'y}\n", "a: ${oc.env:GONE,{}}\n",
		// The others.
		"a: ${oc.decode:'12'}\n", "a: ${oc.decode:1}\n", "a: ${oc.decode:null}\n", "a: ${oc.decode:${oc.env:NUMBER}}\n", "a: ${oc.decode:${oc.env:LIST}}\n", "a: ${oc.decode:${b}}\nb: '\\${c}'\nc: '[1, a]'\n",
		"a: ${oc.decode:${oc.env:REFERENCE}}\nb: 9\n", "a: ${oc.decode:'yes'}\nb: ${oc.decode:'TRUE'}\nc: ${oc.decode:'-inf'}\nd: ${oc.decode:'Null'}\n", "a: ${oc.decode:''}\n", "a: ${oc.decode:'a, b'}\n",
		"a: ${oc.decode:'1e3'}\nb: ${oc.decode:'.5'}\nc: ${oc.decode:'1_0'}\nd: ${oc.decode:'0x10'}\ne: ${oc.decode:'1.'}\nf: ${oc.decode:'007'}\ng: ${oc.decode:'01.5'}\nh: ${oc.decode:'1__0'}\ni: ${oc.decode:'+5'}\nj: ${oc.decode:'-0'}\nk: ${oc.decode:'1e05'}\n",
		"a: '${oc.decode:\"{x: 1, y: [a, b], z: {}}\"}'\n", "a: '${oc.decode:\"[]\"}'\n", "a: '${oc.decode:\"[1,,2,]\"}'\n", "a: '${oc.decode:\"{1: x, true: y}\"}'\n", "a: '${oc.decode:\"  5  \"}'\n", "a: '${oc.decode:\"[1, 2\"}'\n",
		"a: '${oc.decode:\"{x: 1, x: 2}\"}'\n", "a: '${oc.decode:\"a:b\"}'\n", "a: '${oc.decode:\"{a b: c d}\"}'\n",
		"a: ${oc.create:[1,2]}\n", "a: '${oc.create:{x: 1, y: [a, \"${b}\"]}}'\nb: 2\n", "a: ${oc.create:5}\n", "a: ${oc.create:[]}\n",
		"a: ${oc.select:b}\n", "a: ${oc.select:b,5}\n", "a: ${oc.select:b.c.d,5}\nb: 1\n", "a: ${oc.select:.b}\nb: 3\n", "c: {a: '${oc.select:..b,x}', b: 3}\nb: 9\n", "c: {a: '${oc.select:b,x}', b: 3}\nb: 9\n",
		"a: ${oc.select:b,x}\nb: ???\n", "a: ${oc.select:b,x}\nb: ~\n", "a: ${oc.select:b}\nb: ${c}\nc: [1]\n", "a: ${oc.select:b[0],x}\nb: [7]\n", "a: ${oc.select:b,${c}}\nc: 4\n", "a: ${oc.select:5}\n",
		"a: ${oc.dict.keys:c}\nb: ${oc.dict.values:c}\nc: {x: 1, y: '${z}'}\nz: 5\n", "m: {a: '${oc.dict.values:..c}', b: '${oc.dict.keys:.q}', q: {k: 2}}\nc: {x: 1, y: {z: 3}}\n",
		"a: ${oc.dict.keys:nope}\n", "a: ${oc.dict.values:b}\nb: [1]\n", "a: ${oc.dict.values:b}\nb: 1\n", "a: ${oc.dict.keys:${b}}\nb: c\nc: {x: 1}\n",
		"a: ${oc.deprecated:b}\nb: {c: 1}\n", "a: ${oc.deprecated:c}\nb: 1\n", "a: ${oc.deprecated:b,'use $NEW_KEY'}\nb: 1\n",
		"a: ${foo:1}\n", "a: ${oc.${e}:GONE,3}\ne: env\n", "a: ${${e}:GONE,3}\ne: oc.env\n", "a: ${oc.env :GONE,3}\n", "a: ${.oc.env:GONE,3}\n", "a: ${oc[env]:GONE,3}\n",
		"a: ${oc.env:GONE,3\n", "a: '${oc.env:GONE,[1}'\n", "a: '${oc.env:GONE,{a}}'\n", "a: ${oc.env:GONE,'x}\n", "a: ${oc.env}\n", "a: '${oc.env:HERE,a,b}'\n", "a: ${b:c}\nb: {c: 1}\n",
	} {
		all = append(all, oracle{Text: text, Env: environment()})
	}
	return append(all, []oracle{
		{Text: "fps: 30", Overrides: []string{"fps=60"}}, {Text: "fps: 30", Overrides: []string{"fps=hello"}},
		{Overrides: []string{"a=60.0", "b='60'", "c=off", "d={a:1}", "e=x # not", "f=#", "g=010", "h=a=b", "i=", "j=null", "k=[1,2]", "l={a: 1}", "m=x y"}},
		{Overrides: []string{"m.c.d=7"}}, {Text: "m: {b: 1}", Overrides: []string{"m[a]=5", "m[b][c].d=6"}}, {Overrides: []string{"1=2"}}, {Overrides: []string{"a-b.C=2"}},
		{Overrides: []string{"a=1", "a.b=2"}}, {Overrides: []string{"a.b=1", "a=2"}}, {Text: "a: {x: 1}", Overrides: []string{"a=1", "a.b=2"}}, {Text: "a: {x: 1}", Overrides: []string{"a=null", "a.b=2"}},
		{Text: "m: {a: 1, b: 2}", Overrides: []string{"m={b: 3, c: 4}"}}, {Text: "m: {a: {b: 1}}", Overrides: []string{"m={a: {c: 4}}", "m={a: {d: 5}}"}},
		{Text: "l: [1, 2, 3]", Overrides: []string{"l=[4]"}}, {Text: "l: [1]", Overrides: []string{"l={a: 1}"}}, {Text: "m: {a: 1}", Overrides: []string{"m=[1]"}}, {Text: "m: {a: 1}", Overrides: []string{"m=5"}},
		{Text: "m: {a: 1}\nn: 1", Overrides: []string{"m=null", "n="}}, {Text: "n:", Overrides: []string{"n.x=3"}}, {Text: "n: 5", Overrides: []string{"n.x=3"}},
		{Text: "l: [1]", Overrides: []string{"l.0=9"}}, {Text: "l: [1]", Overrides: []string{"l[0]=9"}}, {Text: "ld: [{k: 1}]", Overrides: []string{"ld.0.k=5"}},
		{Text: "a: 1", Overrides: []string{"a=???", "b=???"}}, {Text: "a: {b: 1}", Overrides: []string{"a=???"}}, {Text: "a: 1", Overrides: []string{"a=2", "a=???"}},
		{Text: "a: &x {b: 1}\nc: *x", Overrides: []string{"c.b=2"}},
		{Text: "a: ${b}\nb: 1", Overrides: []string{"b=2"}}, {Text: "a: ${b}\nb: 1", Overrides: []string{"a=5"}}, {Text: "b: 1", Overrides: []string{"a=${b}"}}, {Text: "b: 1\nm: {c: 2}", Overrides: []string{"m.a=${..b}", "m.d=${.c}"}},
		{Text: "a: ${b}\nb: {x: 1}", Overrides: []string{"a.y=2"}}, {Text: "a: ${b}\nb: {x: {z: 1}}", Overrides: []string{"a.x.y=2"}}, {Text: "a: ${b}\nb: {x: 1}", Overrides: []string{"b.y=2"}},
		{Text: "a: ${b}\nb: [1]", Overrides: []string{"a.y=2"}}, {Text: "a: ${b}\nb: {x: '${.z}', z: 1}", Overrides: []string{"a.z=2"}}, {Text: "a: {x: 1}", Overrides: []string{"a=${b}", "b=5"}},
		{Text: "a: '${b'", Overrides: []string{"a=1"}}, {Text: "a: ${oc.env:GONE,x}", Overrides: []string{"a=1"}}, {Text: "p: /data\nq: ${p}/x", Overrides: []string{"p=/tmp"}}, {Overrides: []string{"a=[${b}, x]", "b=3"}}, {Overrides: []string{"a={x: ${b}}", "b=3"}},
		{Overrides: []string{"a=[1"}}, {Overrides: []string{"a={b: 1, b: 2}"}}, {Overrides: []string{"[a]=1"}}, {Overrides: []string{"[a][b].c=1"}}, {Overrides: []string{"a={b: {c: 1}}", "a.b.d=2"}}, {Overrides: []string{"a=[1]", "a=[2]"}},
	}...)
}

func environment() map[string]string {
	return map[string]string{
		"HERE": "here", "EMPTY": "", "NUMBER": "12", "TRICKY": "${b} \\${c}", "LIST": "[1, 2.5, a, null]", "REFERENCE": "${b}",
	}
}

// generatedCases are n configurations that a seeded program makes of the parts
// of the language.
func generatedCases(n int) (all []oracle) {
	g := generator{rand.New(rand.NewPCG(20240501, 5))}
	for range n {
		all = append(all, g.oracle())
	}
	return all
}

type generator struct{ *rand.Rand }

func (g generator) pick(from ...string) string { return from[g.IntN(len(from))] }

func (g generator) oracle() oracle {
	var b strings.Builder
	for _, key := range []string{"a", "b", "c", "d", "e"} {
		fmt.Fprintf(&b, "%s: %s\n", key, g.value(3))
	}
	b.WriteString("good: {one: 1, list: [a, 2.50, {deep: -7}], text: 'x y', flag: yes, none: ~, float: 1e-7, name: one, map: {x: 0x10, y: '${.x}'}}\nname: list\n")
	c := oracle{Text: b.String(), Env: environment()}
	for range g.IntN(3) {
		c.Overrides = append(c.Overrides, g.pick("a", "b.x", "c[y]", "d.x.z", "good.map.x", "good.one", "new.x", "good.list", "e")+"="+g.value(1))
	}
	return c
}

// value is a value in the flow style.
func (g generator) value(depth int) string {
	switch kind := g.IntN(10); {
	case kind < 2 && depth > 0:
		return fmt.Sprintf("{x: %s, y: %s}", g.value(depth-1), g.value(depth-1))
	case kind < 3 && depth > 0:
		return fmt.Sprintf("[%s, %s]", g.value(depth-1), g.value(depth-1))
	case kind < 6:
		return "'" + strings.ReplaceAll(g.text(), "'", "''") + "'"
	}
	return g.pick("1", "-2", "0x1F", "010", "1.10", "1e3", "1e-7", ".5", "yes", "off", "null", "~", "text", "'5'", "'a b'", "2024-01-02", "1:30", "'x.y'", "x", "b", "[]", "{}", "???")
}

// text has interpolations.
func (g generator) text() string {
	switch g.IntN(6) {
	case 0, 1, 2:
		return g.interpolation(2)
	case 3:
		return g.pick("", "x/", "$", `\`, `\\`, "} ") + g.interpolation(1) + g.pick("", "/y", "$", `\`, `\\`, " {")
	case 4:
		return g.interpolation(1) + g.pick("", "-", ".") + g.interpolation(1)
	}
	return g.pick(`\`, `\\\`, `a\`) + g.interpolation(1)
}

func (g generator) interpolation(depth int) string {
	if depth == 0 || g.IntN(3) > 0 {
		return "${" + g.pick("", "", "", "", " ") + g.pick("", "", "", ".", "..") + g.path() + g.pick("", "", "", " ") + "}"
	}
	switch g.IntN(6) {
	case 0:
		return "${" + g.pick("oc.select:", "oc.dict.keys:", "oc.dict.values:", "oc.deprecated:") + g.pick("", "", ".") + g.path() + "}"
	case 1:
		return "${oc.select:" + g.path() + "," + g.argument(depth-1) + "}"
	case 2:
		return "${oc.decode:" + g.pick("${oc.env:NUMBER}", "${oc.env:LIST}", "'1e3'", `"{p: q, r: [1, 2]}"`, "${"+g.path()+"}") + "}"
	case 3:
		return "${" + g.pick("good.", "good.list[", "") + "${" + g.pick("good.name", "name", "good.text", g.path()) + "}" + g.pick("", "]") + "}"
	case 4:
		return "${oc.create:" + g.pick("[1, x]", "["+g.argument(depth-1)+"]", "{k: "+g.argument(depth-1)+"}") + "}"
	}
	return "${oc.env:" + g.pick("HERE", "GONE", "NUMBER", "EMPTY", "GONE") + g.pick("", ","+g.argument(depth-1), ","+g.argument(depth-1)) + "}"
}

func (g generator) argument(depth int) string {
	return g.pick("1", "2.50", "true", "null", "a/b", " x ", "'q,r'", `"d e"`, `\,`, "a:b", "1-2", "-inf", g.interpolation(depth), "p"+g.interpolation(depth), "'"+g.interpolation(depth)+"'")
}

// path is one of those that are always there, or any.
func (g generator) path() string {
	if g.IntN(3) > 0 {
		return g.pick("good.one", "good.list", "good.list[1]", "good.list.2.deep", "good.text", "good.flag", "good.none", "good.float", "good.name", "good[map]", "good.map.x", "name")
	}
	path := g.pick("a", "b", "c", "d", "e", "a", "b", "c", "d", "e", "f")
	for range g.IntN(3) {
		path += g.pick(".x", ".y", "[x]", ".0", "[1]", ".z")
	}
	return path
}
