package config

import "testing"

func TestDistance(t *testing.T) {
	tests := []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"fps", "fps", 0}, {"fps", "fsp", 1}, {"fps", "fpss", 1}, {"fps", "ps", 1},
		{"fps", "fpx", 1}, {"kitten", "sitting", 3}, {"ca", "abc", 3}, {"größe", "grösse", 2},
	}
	for _, test := range tests {
		if got := distance(test.a, test.b, 10); got != test.want {
			t.Errorf("distance(%q, %q) = %d, want %d", test.a, test.b, got, test.want)
		}
	}
}

func TestNearest(t *testing.T) {
	among := []string{"fps", "width", "height", "num_steps", "guidance_scale"}
	for name, want := range map[string]string{
		"fpss": "fps", "fsp": "fps", "heigth": "height", "guidance-scale": "guidance_scale", "FPS": "fps",
		"num-step": "num_steps", "heig": "height", "wdh": "", "palette": "", "": "", "x": "",
	} {
		if got := Nearest(name, among); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", name, got, want)
		}
	}
}
