package weights

import "github.com/reactorgen/reactor"

//reactor:model name=longlive weights=vae,text-encoder
type LongLive struct{ vae, text, extra string }

func New(w reactor.Weights) (m *LongLive, err error) {
	m = new(LongLive)
	if m.vae, err = w.Path("vea"); err != nil { // want `^weights "vea" are not declared in the directive; did you mean "vae"\? \[RG336\]; write "vae"$`
		return nil, err
	}
	if m.text, err = w.Path("text-encoder"); err != nil {
		return nil, err
	}
	m.extra, err = w.Path("controlnet") // want `weights "controlnet" are not declared in the directive \[RG336\]; declare them: weights=vae,text-encoder,controlnet`
	return m, err
}

func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
