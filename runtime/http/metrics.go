package http

import (
	nethttp "net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/runner"
	"github.com/reactorgen/reactor/runtime/webrtc"
)

// maxScrapes is how many may read the metrics at once.
const maxScrapes = 4

// metrics returns what answers with the metrics, in the text form of Prometheus.
func (s *Server) metrics() handler {
	registry := prometheus.NewRegistry()
	registry.MustRegister(s.monitor.meters, readings{s},
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	h := promhttp.HandlerFor(registry, promhttp.HandlerOpts{MaxRequestsInFlight: maxScrapes})
	return func(w nethttp.ResponseWriter, r *nethttp.Request) error {
		h.ServeHTTP(w, r)
		return nil
	}
}

// view is what a scrape looks at: the counters of the parts at one moment.
type view struct {
	health runner.Health
	runner runner.Stats
	input  runner.InputStats
	webrtc webrtc.Stats
	stage  codec.StageStats
	events int32

	recorded, unrecorded uint64 // pictures
}

// reading is a metric that is one number of a view. Pairs of a label's name and its
// value tell readings of one name apart.
type reading struct {
	desc  *prometheus.Desc
	kind  prometheus.ValueType
	value func(view) float64
}

func gauge(name, help string, value func(view) float64, label ...string) reading {
	return reading{describe(name, help, label), prometheus.GaugeValue, value}
}

func counter(name, help string, value func(view) float64, label ...string) reading {
	return reading{describe(name, help, label), prometheus.CounterValue, value}
}

func describe(name, help string, label []string) *prometheus.Desc {
	labels := prometheus.Labels{}
	for i := 0; i+1 < len(label); i += 2 {
		labels[label[i]] = label[i+1]
	}
	return prometheus.NewDesc(name, help, nil, labels)
}

// readings collects the metrics of a server.
type readings struct{ *Server }

var (
	infoDesc = prometheus.NewDesc("reactor_info", "The model and the runtime that serves it; always 1.",
		[]string{"model", "version", "runtime"}, nil)
	intervalDesc = prometheus.NewDesc("reactor_emit_interval_seconds", "Time between two frames of a session.", nil, nil)
	firstDesc    = prometheus.NewDesc("reactor_first_frame_seconds", "Time from the start of a session to its first frame.", nil, nil)
)

// Describe implements prometheus.Collector.
func (r readings) Describe(to chan<- *prometheus.Desc) {
	to <- infoDesc
	to <- intervalDesc
	to <- firstDesc
	describeTracks(to)
	for _, one := range numbers {
		to <- one.desc
	}
}

// Collect implements prometheus.Collector.
func (r readings) Collect(to chan<- prometheus.Metric) {
	v := view{health: r.runner.Health(), runner: r.runner.Stats(), input: r.runner.InputStats(), webrtc: r.transport.Stats(), events: r.readers.Load()}
	v.stage = v.webrtc.Stage
	if r.recorder != nil {
		v.recorded, v.unrecorded = r.recorder.Stats()
	}
	to <- prometheus.MustNewConstMetric(infoDesc, prometheus.GaugeValue, 1, r.identity.Name, r.identity.Metadata["version"], r.version)
	to <- histogram(intervalDesc, v.runner.Intervals)
	to <- histogram(firstDesc, v.runner.FirstFrames)
	collectTracks(to, r.runner.Tracks(), v.webrtc.Tracks)
	for _, one := range numbers {
		to <- prometheus.MustNewConstMetric(one.desc, one.kind, one.value(v))
	}
}

// histogram returns one of the runner's in the form of Prometheus, whose counts are
// cumulative.
func histogram(desc *prometheus.Desc, h runner.Histogram) prometheus.Metric {
	var sum uint64
	buckets := make(map[float64]uint64, len(h.Bounds))
	for i, bound := range h.Bounds {
		sum += h.Counts[i]
		buckets[bound.Seconds()] = sum
	}
	return prometheus.MustNewConstHistogram(desc, sum+h.Counts[len(h.Bounds)], h.Sum.Seconds(), buckets)
}

func yes(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
