package webrtc

import (
	"fmt"
	"time"

	"github.com/pion/ice/v4"
	"github.com/pion/interceptor"
	"github.com/pion/interceptor/pkg/nack"
	"github.com/pion/interceptor/pkg/report"
	"github.com/pion/webrtc/v4"

	"github.com/reactorgen/reactor/runtime/codec"
)

// Times after which a silent viewer is given up, and how often the path is
// tested. A viewer that closes says so, this is for one that vanishes.
const (
	silentAfter  = 5 * time.Second
	failedAfter  = 10 * time.Second
	keepAliveGap = 2 * time.Second
)

// nackGap is how often packets that are missing are asked for.
const nackGap = 50 * time.Millisecond

// capabilities are our formats as SDP describes them. The H.264 profile is
// constrained baseline, level 3.1, in packetization mode 1 (RFC 6184, section
// 8.1); the payload types are those of the offer in the end.
var capabilities = map[codec.Format]webrtc.RTPCodecParameters{
	codec.VP8: {
		PayloadType:        96,
		RTPCodecCapability: webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeVP8, ClockRate: clockRate, RTCPFeedback: feedback},
	},
	codec.H264: {
		PayloadType: 102,
		RTPCodecCapability: webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeH264, ClockRate: clockRate, RTCPFeedback: feedback,
			SDPFmtpLine: "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f"},
	},
}

// opusCapability is Opus as SDP describes it (RFC 7587, section 7).
var opusCapability = webrtc.RTPCodecParameters{
	PayloadType: 111,
	RTPCodecCapability: webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeOpus, ClockRate: codec.SoundRate, Channels: 2,
		SDPFmtpLine: "minptime=10;useinbandfec=1"},
}

// feedback is what a viewer may tell of the stream by RTCP: packets that it
// misses (RFC 4585) and that it needs a key frame (PLI, RFC 4585; FIR, RFC 5104).
var feedback = []webrtc.RTCPFeedback{{Type: "nack"}, {Type: "nack", Parameter: "pli"}, {Type: "ccm", Parameter: "fir"}}

// apis make the peer connections of viewers who get pictures in one format: prompt those
// of viewers who get no sound. Their pictures are shown as soon as they are decoded. A
// browser takes longer to play sound, some 100 ms, and can keep lips in step only where
// it may hold pictures back.
type apis struct{ prompt, inStep *webrtc.API }

// newAPIs returns makers of peer connections that know one format of pictures: what an
// answer says is then what is sent.
func newAPIs(format codec.Format, mux ice.UDPMux, log pionLog) (made apis, err error) {
	if made.prompt, err = newAPI(format, true, mux, log); err != nil {
		return made, err
	}
	made.inStep, err = newAPI(format, false, mux, log)
	return made, err
}

func newAPI(format codec.Format, prompt bool, mux ice.UDPMux, log pionLog) (*webrtc.API, error) {
	media, err := newMediaEngine(format, prompt)
	if err != nil {
		return nil, err
	}
	interceptors, err := newInterceptors(log)
	if err != nil {
		return nil, err
	}
	settings := webrtc.SettingEngine{LoggerFactory: log}
	settings.SetICEUDPMux(mux)
	settings.SetIncludeLoopbackCandidate(true)
	settings.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	settings.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4, webrtc.NetworkTypeUDP6})
	settings.SetICETimeouts(silentAfter, failedAfter, keepAliveGap)
	settings.SetSCTPMaxMessageSize(maxInbound)
	return webrtc.NewAPI(webrtc.WithMediaEngine(media), webrtc.WithSettingEngine(settings),
		webrtc.WithInterceptorRegistry(interceptors)), nil
}

func newMediaEngine(format codec.Format, prompt bool) (*webrtc.MediaEngine, error) {
	c, known := capabilities[format]
	if !known {
		return nil, fmt.Errorf("no RTP payload format for %s", format)
	}
	media := &webrtc.MediaEngine{}
	if err := media.RegisterCodec(c, webrtc.RTPCodecTypeVideo); err != nil {
		return nil, err
	}
	// Packets that are asked for again travel as a stream of their own (RFC 4588).
	rtx := webrtc.RTPCodecParameters{PayloadType: c.PayloadType + 1, RTPCodecCapability: webrtc.RTPCodecCapability{
		MimeType: webrtc.MimeTypeRTX, ClockRate: clockRate, SDPFmtpLine: fmt.Sprintf("apt=%d", c.PayloadType)}}
	if err := media.RegisterCodec(rtx, webrtc.RTPCodecTypeVideo); err != nil {
		return nil, err
	}
	if err := media.RegisterCodec(opusCapability, webrtc.RTPCodecTypeAudio); err != nil {
		return nil, err
	}
	if !prompt {
		return media, nil
	}
	delay := webrtc.RTPHeaderExtensionCapability{URI: playoutDelayURI}
	return media, media.RegisterHeaderExtension(delay, webrtc.RTPCodecTypeVideo)
}

// newInterceptors returns what a packet passes through on its way out. The first
// is nearest to the wire: a packet that is sent again carries the playout delay. On
// its way in, packets that are missing are asked for, and the sender hears of it.
func newInterceptors(log pionLog) (*interceptor.Registry, error) {
	again, err := nack.NewResponderInterceptor(nack.WithResponderLoggerFactory(log))
	if err != nil {
		return nil, err
	}
	missing, err := nack.NewGeneratorInterceptor(nack.WithGeneratorLoggerFactory(log), nack.GeneratorInterval(nackGap))
	if err != nil {
		return nil, err
	}
	received, err := report.NewReceiverInterceptor(report.WithReceiverLoggerFactory(log))
	if err != nil {
		return nil, err
	}
	r := &interceptor.Registry{}
	r.Add(received)
	r.Add(missing)
	r.Add(again)
	r.Add(playout{})
	return r, nil
}
