package client

import (
	"context"
	"errors"

	"github.com/pion/ice/v4"
	"github.com/pion/interceptor"
	"github.com/pion/webrtc/v4"
)

// The names that the protocol gives to the track and to the channel.
const (
	videoTrack  = "main_video"
	dataChannel = "data"
)

// newPeer makes the peer connection: one track of video to receive, and the
// channel for messages.
func (c *Client) newPeer() (err error) {
	api, err := newAPI()
	if err != nil {
		return err
	}
	if c.pc, err = api.NewPeerConnection(webrtc.Configuration{}); err != nil {
		return err
	}
	c.pc.OnTrack(func(track *webrtc.TrackRemote, _ *webrtc.RTPReceiver) { c.count(track) })
	c.pc.OnConnectionStateChange(func(state webrtc.PeerConnectionState) {
		if state == webrtc.PeerConnectionStateFailed || state == webrtc.PeerConnectionStateClosed {
			c.finish(errors.New("the connection to the model is lost"))
		}
	})
	if c.data, err = c.pc.CreateDataChannel(dataChannel, nil); err != nil {
		return err
	}
	c.data.OnOpen(func() { close(c.opened) })
	c.data.OnMessage(func(m webrtc.DataChannelMessage) { c.receive(m.Data) })
	_, err = c.pc.AddTransceiverFromKind(webrtc.RTPCodecTypeVideo, webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionRecvonly})
	return err
}

// newAPI is WebRTC with what a viewer of a model near by needs: loopback addresses
// count, and names of hosts are not hidden.
func newAPI() (*webrtc.API, error) {
	media, interceptors := &webrtc.MediaEngine{}, &interceptor.Registry{}
	if err := media.RegisterDefaultCodecs(); err != nil {
		return nil, err
	}
	if err := webrtc.RegisterDefaultInterceptors(media, interceptors); err != nil {
		return nil, err
	}
	settings := webrtc.SettingEngine{}
	settings.SetIncludeLoopbackCandidate(true)
	settings.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	return webrtc.NewAPI(webrtc.WithMediaEngine(media), webrtc.WithInterceptorRegistry(interceptors), webrtc.WithSettingEngine(settings)), nil
}

// offer is the offer with all candidates.
func (c *Client) offer(ctx context.Context) (offer, error) {
	gathered := webrtc.GatheringCompletePromise(c.pc)
	description, err := c.pc.CreateOffer(nil)
	if err != nil {
		return offer{}, err
	}
	if err := c.pc.SetLocalDescription(description); err != nil {
		return offer{}, err
	}
	select {
	case <-gathered:
	case <-ctx.Done():
		return offer{}, ctx.Err()
	}
	mid := c.pc.GetTransceivers()[0].Mid()
	return offer{
		SDP:    c.pc.LocalDescription().SDP,
		Tracks: []trackMapping{{MID: mid, Name: videoTrack, Kind: "video", Direction: "recvonly"}},
	}, nil
}

// count counts the frames of a track until it ends. The packets of a frame have
// its timestamp.
func (c *Client) count(track *webrtc.TrackRemote) {
	for last, first := uint32(0), true; ; first = false {
		packet, _, err := track.ReadRTP()
		if err != nil {
			return
		}
		if first || packet.Timestamp != last {
			c.frames.Add(1)
		}
		last = packet.Timestamp
	}
}
