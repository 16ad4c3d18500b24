package http

import (
	"github.com/prometheus/client_golang/prometheus"

	"github.com/reactorgen/reactor/runtime/runner"
	"github.com/reactorgen/reactor/runtime/webrtc"
)

// trackReading is a metric of each track that leads from the model to its viewers.
type trackReading struct {
	desc  *prometheus.Desc
	value func(webrtc.TrackStats) float64
}

func ofTrack(name, help string, value func(webrtc.TrackStats) float64) trackReading {
	return trackReading{prometheus.NewDesc(name, help, []string{"track", "kind"}, nil), value}
}

// trackNumbers are the metrics of a track, all of them counters. What is of sound counts
// its packets.
var trackNumbers = []trackReading{
	ofTrack("reactor_track_encoded_total", "Pictures, or packets of sound, that were encoded, by track.", func(t webrtc.TrackStats) float64 {
		if t.Kind == runner.Audio {
			return float64(t.Encoded)
		}
		return float64(t.Stage.Encoded + t.Stage.Repeated)
	}),
	ofTrack("reactor_track_encode_seconds_total", "Time spent on encoding, by track.", func(t webrtc.TrackStats) float64 {
		return (t.EncodeTime + t.Stage.EncodeTime).Seconds()
	}),
	ofTrack("reactor_track_sent_packets_total", "RTP packets sent, counted for each viewer, by track.", func(t webrtc.TrackStats) float64 { return float64(t.Packets) }),
	ofTrack("reactor_track_dropped_total", "Frames, pictures and packets of sound that were left out before or after encoding, by track.", func(t webrtc.TrackStats) float64 {
		return float64(t.Unencoded + t.Unsaid + t.Undecodable + t.Behind)
	}),
}

// describeTracks and collectTracks are their part of a collector.
func describeTracks(to chan<- *prometheus.Desc) {
	for _, one := range trackNumbers {
		to <- one.desc
	}
}

func collectTracks(to chan<- prometheus.Metric, tracks []runner.Track, stats map[string]webrtc.TrackStats) {
	for _, t := range tracks {
		if t.Direction != runner.Out {
			continue
		}
		for _, one := range trackNumbers {
			to <- prometheus.MustNewConstMetric(one.desc, prometheus.CounterValue, one.value(stats[t.Name]), t.Name, string(t.Kind))
		}
	}
}
