package http

import (
	"time"

	"github.com/reactorgen/reactor/runtime/runner"
)

// numbers are the metrics that are one number each. Those of the encoding begin
// anew with a session, as its stages do.
var numbers = []reading{
	state(runner.StateLoading), state(runner.StateIdle), state(runner.StateRunning), state(runner.StateResetting), state(runner.StateError),
	gauge("reactor_ready", "Whether a session runs or could be started.", func(v view) float64 { return yes(v.health.Ready) }),
	gauge("reactor_viewers", "Viewers that are connected.", func(v view) float64 { return float64(v.webrtc.Viewers) }),
	gauge("reactor_event_readers", "Clients that read /events.", func(v view) float64 { return float64(v.events) }),

	gauge("reactor_queue_length", "What waits, by place.", func(v view) float64 { return float64(v.runner.Waiting) }, "place", "commands"),
	gauge("reactor_queue_length", "What waits, by place.", func(v view) float64 { return float64(v.stage.Waiting) }, "place", "encode"),

	counter("reactor_frames_total", "Frames that the model's sessions have shown.", func(v view) float64 { return float64(v.runner.Frames) }),
	counter("reactor_input_frames_total", "Frames from viewers that the model got.", func(v view) float64 { return float64(v.input.Taken) }),
	sound("taken", func(v view) time.Duration { return v.input.Sound.Taken }),
	sound("dropped", func(v view) time.Duration { return v.input.Sound.Dropped }),
	sound("refused", func(v view) time.Duration { return v.input.Sound.Refused }),
	counter("reactor_input_sound_concealed_total", "Packets of sound from viewers that did not come, and were concealed.", func(v view) float64 { return float64(v.webrtc.InboundSound.Concealed) }),
	counter("reactor_convert_seconds_total", "Time spent on converting frames.", func(v view) float64 { return v.stage.ConvertTime.Seconds() }),
	counter("reactor_encode_seconds_total", "Time spent on encoding pictures.", func(v view) float64 { return v.stage.EncodeTime.Seconds() }),
	counter("reactor_encoded_pictures_total", "Pictures that were encoded, repeated ones included.", func(v view) float64 { return float64(v.stage.Encoded + v.stage.Repeated) }),
	counter("reactor_encoded_keyframes_total", "Of these, key frames.", func(v view) float64 { return float64(v.stage.Keys) }),
	counter("reactor_keyframes_denied_total", "Requests of viewers for a key frame that came too soon after one.", func(v view) float64 { return float64(v.webrtc.KeysDenied) }),
	counter("reactor_encoded_bytes_total", "Bytes of the encoded pictures.", func(v view) float64 { return float64(v.stage.Bytes) }),
	gauge("reactor_target_bitrate", "Bits per second that the encoder aims at.", func(v view) float64 { return float64(v.stage.Bitrate) }),
	gauge("reactor_frame_rate", "Frames per second as the encoder sees them.", func(v view) float64 { return v.stage.FrameRate }),
	counter("reactor_sent_pictures_total", "Pictures sent, counted for each viewer.", func(v view) float64 { return float64(v.webrtc.Pictures) }),
	counter("reactor_sent_packets_total", "RTP packets sent, counted for each viewer.", func(v view) float64 { return float64(v.webrtc.Packets) }),
	counter("reactor_recorded_pictures_total", "Pictures that were recorded, in files and for clips.", func(v view) float64 { return float64(v.recorded) }),

	dropped("input", func(v view) uint64 { return v.input.Dropped }),
	dropped("input_refused", func(v view) uint64 { return v.input.Refused }),
	dropped("inbound", func(v view) uint64 { return v.webrtc.Inbound.Dropped }),
	dropped("inbound_failed", func(v view) uint64 { return v.webrtc.Inbound.Failed }),
	dropped("inbound_hidden", func(v view) uint64 { return v.webrtc.Inbound.Hidden }),
	dropped("inbound_sound", func(v view) uint64 { return v.webrtc.InboundSound.Dropped }),
	dropped("inbound_sound_failed", func(v view) uint64 { return v.webrtc.InboundSound.Failed }),
	dropped("inbound_unread", func(v view) uint64 { return v.webrtc.Unread }),
	dropped("sound", func(v view) (all uint64) {
		for _, t := range v.webrtc.Tracks {
			all += t.Unsaid
		}
		return all
	}),
	dropped("encode", func(v view) uint64 { return v.stage.Dropped }),
	dropped("encode_rejected", func(v view) uint64 { return v.stage.Rejected }),
	dropped("encode_skipped", func(v view) uint64 { return v.stage.Skipped }),
	dropped("encode_failed", func(v view) uint64 { return v.stage.Failed }),
	dropped("undecodable", func(v view) uint64 { return v.webrtc.Undecodable }),
	dropped("behind", func(v view) uint64 { return v.webrtc.Behind }),
	dropped("packets", func(v view) uint64 { return v.webrtc.Unsent }),
	dropped("recording", func(v view) uint64 { return v.unrecorded }),
	dropped("messages", func(v view) uint64 { return v.webrtc.Lost }),
}

func state(s runner.State) reading {
	return gauge("reactor_state", "The state of the model: 1 for the one that it is in.",
		func(v view) float64 { return yes(v.health.State == s) }, "state", string(s))
}

func sound(fate string, lasts func(view) time.Duration) reading {
	return counter("reactor_input_sound_seconds_total", "Sound from viewers, by what became of it.",
		func(v view) float64 { return lasts(v).Seconds() }, "fate", fate)
}

func dropped(place string, count func(view) uint64) reading {
	return counter("reactor_dropped_total", "What was dropped, by place.", func(v view) float64 { return float64(count(v)) }, "place", place)
}
