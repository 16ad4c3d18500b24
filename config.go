package reactor

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Config is the model's configuration in untyped form: for models that read a
// few keys and do not declare a struct for them. A constructor may take a
// *Config as a parameter. The zero value is an empty configuration.
//
// A key may be a path through nested maps: "camera.fov". The getters return
// their fallback when the key is missing, and an error that names the key when
// its value has another type.
type Config struct {
	values map[string]any
}

// NewConfig returns the configuration of the given values: maps with text keys,
// slices, text, bool, int, float64 and nil, as YAML is decoded. It keeps values.
func NewConfig(values map[string]any) *Config { return &Config{values: values} }

// Get returns the value at key, and whether the key is there.
func (c *Config) Get(key string) (any, bool) {
	var at any = c.values
	for name := range strings.SplitSeq(key, ".") {
		m, ok := at.(map[string]any)
		if !ok {
			return nil, false
		}
		if at, ok = m[name]; !ok {
			return nil, false
		}
	}
	return at, true
}

// Keys returns the names of the top level, sorted.
func (c *Config) Keys() []string {
	keys := make([]string, 0, len(c.values))
	for key := range c.values {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// String returns the text at key.
func (c *Config) String(key, fallback string) (string, error) {
	return typed(c, key, fallback, "text")
}

// Bool returns the truth value at key.
func (c *Config) Bool(key string, fallback bool) (bool, error) {
	return typed(c, key, fallback, "true or false")
}

// Float returns the number at key.
func (c *Config) Float(key string, fallback float64) (float64, error) {
	if v, ok := c.Get(key); ok {
		if n, whole := v.(int); whole {
			return float64(n), nil
		}
	}
	return typed(c, key, fallback, "a number")
}

// Int returns the whole number at key; a float without a fraction is one.
func (c *Config) Int(key string, fallback int) (int, error) {
	if v, ok := c.Get(key); ok {
		if f, isFloat := v.(float64); isFloat && f == math.Trunc(f) && math.Abs(f) <= min(1<<53, math.MaxInt) {
			return int(f), nil
		}
	}
	return typed(c, key, fallback, "a whole number")
}

// Duration returns the span of time at key: text with a unit, such as 250ms or 1m30s,
// or 0.
func (c *Config) Duration(key string, fallback time.Duration) (time.Duration, error) {
	v, ok := c.Get(key)
	if !ok {
		return fallback, nil
	}
	if zero, whole := v.(int); whole && zero == 0 {
		return 0, nil
	}
	text, _ := v.(string)
	span, err := time.ParseDuration(text)
	if err != nil {
		return fallback, wrongType(key, "a duration such as 250ms", v)
	}
	return span, nil
}

// Strings returns the list of texts at key. Null is an empty list.
func (c *Config) Strings(key string, fallback []string) ([]string, error) {
	v, ok := c.Get(key)
	if !ok {
		return fallback, nil
	}
	items, isList := v.([]any)
	if !isList && v != nil {
		return fallback, wrongType(key, "a list of texts", v)
	}
	texts := make([]string, len(items))
	for i, item := range items {
		text, ok := item.(string)
		if !ok {
			return fallback, wrongType(fmt.Sprintf("%s[%d]", key, i), "text", item)
		}
		texts[i] = text
	}
	return texts, nil
}

func typed[T any](c *Config, key string, fallback T, want string) (T, error) {
	v, ok := c.Get(key)
	if !ok {
		return fallback, nil
	}
	got, ok := v.(T)
	if !ok {
		return fallback, wrongType(key, want, v)
	}
	return got, nil
}

func wrongType(key, want string, v any) error {
	return fmt.Errorf("config key %q: want %s, got %s", key, want, shown(v))
}

// shown is a value as messages show it.
func shown(v any) string {
	switch v := v.(type) {
	case nil:
		return "nothing (null)"
	case string:
		return strconv.Quote(v)
	}
	return fmt.Sprint(v)
}
