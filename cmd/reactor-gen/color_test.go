package main

import "testing"

func TestWantsColor(t *testing.T) {
	type env map[string]string
	for _, test := range []struct {
		env            env
		terminal, pipe bool
	}{
		{nil, true, false},
		{env{"NO_COLOR": "1"}, false, false},
		{env{"NO_COLOR": ""}, true, false},
		{env{"FORCE_COLOR": "1"}, true, true},
		{env{"FORCE_COLOR": "3"}, true, true},
		{env{"FORCE_COLOR": "0"}, false, false},
		{env{"FORCE_COLOR": "false"}, false, false},
		{env{"NO_COLOR": "1", "FORCE_COLOR": "1"}, false, false},
		{env{"CLICOLOR": "0"}, false, false},
		{env{"CLICOLOR": "1"}, true, false},
		{env{"CLICOLOR_FORCE": "1"}, true, true},
		{env{"CLICOLOR_FORCE": "0"}, true, false},
		{env{"CLICOLOR": "0", "CLICOLOR_FORCE": "1"}, true, true},
		{env{"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}, false, false},
	} {
		get := func(name string) string { return test.env[name] }
		if terminal, pipe := wantsColor(get, true), wantsColor(get, false); terminal != test.terminal || pipe != test.pipe {
			t.Errorf("%v: terminal %t, pipe %t", test.env, terminal, pipe)
		}
	}
}
