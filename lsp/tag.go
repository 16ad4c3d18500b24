package lsp

// tagPair is a key of a field's tag with its quoted value, behind the pairs before it: the
// form that reflect.StructTag reads.
var tagPair = pattern(`(?s)^ *([^\x00-\x20:"\x7f]+):"((?:[^"\\]|\\.)*)"`)

// tagValue is where the value of a key is in a tag, without its quotes. What is no tag by
// convention ends it.
func tagValue(tag []byte, key string) (value span, ok bool) {
	for at := 0; ; {
		pair := tagPair().FindSubmatchIndex(tag[at:])
		if pair == nil {
			return span{}, false
		}
		if string(tag[at+pair[2]:at+pair[3]]) == key {
			return span{at + pair[4], at + pair[5]}, true
		}
		at += pair[1]
	}
}
