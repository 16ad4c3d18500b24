package config

import (
	"math"
	"testing"
)

func TestPlain(t *testing.T) {
	tests := []struct {
		text string
		want any
	}{
		{"yes", true}, {"No", false}, {"ON", true}, {"off", false}, {"TRUE", true}, {"yEs", "yEs"}, {"y", "y"}, {"N", "N"},
		{"", nil}, {"~", nil}, {"Null", nil}, {"None", "None"},
		{"0", int64(0)}, {"-0", int64(0)}, {"+12", int64(12)}, {"1_0", int64(10)}, {"0x1F", int64(31)}, {"0X1F", "0X1F"},
		{"017", int64(15)}, {"010", int64(8)}, {"-010", int64(-8)}, {"08", "08"}, {"0b11", int64(3)}, {"0o17", "0o17"},
		{"12:30", int64(750)}, {"1:30", int64(90)}, {"-1:30", int64(-90)}, {"1:60", "1:60"}, {"01:30", "01:30"},
		{"9223372036854775807", int64(math.MaxInt64)}, {"-9223372036854775808", int64(math.MinInt64)},
		{"9223372036854775808", uint64(math.MaxInt64 + 1)}, {"0xFFFFFFFFFFFFFFFF", uint64(math.MaxUint64)},
		{"1e3", 1000.0}, {"1e-3", 0.001}, {"-1.5E+2", -150.0}, {"1.", 1.0}, {".5", 0.5}, {"-.5", -0.5}, {"1_0.5", 10.5},
		{"1e400", math.Inf(1)}, {"1:30.5", 90.5}, {"-1:30.5", -90.5}, {".inf", math.Inf(1)}, {"-.INF", math.Inf(-1)},
		{".", "."}, {"._", "._"}, {"e3", "e3"}, {"1e", "1e"}, {"inf", "inf"}, {"nan", "nan"}, {"+", "+"}, {"1.2.3", "1.2.3"},
		{"2024-01-02", "2024-01-02"}, {"2024-01-02T03:04:05Z", "2024-01-02T03:04:05Z"}, {"0x", "0x"}, {"_1", "_1"},
	}
	for _, test := range tests {
		got, err := plain(test.text)
		if err != nil || got != test.want {
			t.Errorf("plain(%q) = %T(%v), %v, want %T(%v)", test.text, got, got, err, test.want, test.want)
		}
	}
	if got, err := plain(".nan"); err != nil || !math.IsNaN(got.(float64)) {
		t.Errorf("plain(.nan) = %v, %v", got, err)
	}
}

func TestPlainTooLarge(t *testing.T) {
	for _, text := range []string{
		"18446744073709551616", "-9223372036854775809", "0x1_0000_0000_0000_0000", "-0xFFFFFFFFFFFFFFFF",
		"999999999999999999:00", "0b_", "0x_", "0_8",
	} {
		if got, err := plain(text); err == nil && got != text {
			t.Errorf("plain(%q) = %v without an error", text, got)
		}
	}
}
