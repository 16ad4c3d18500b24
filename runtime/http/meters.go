package http

import (
	"github.com/prometheus/client_golang/prometheus"

	"github.com/reactorgen/reactor/runtime/runner"
)

// meters are the metrics that are counted event by event. The others are read from
// counters that there are anyway, see readings.
type meters struct {
	sessions *prometheus.CounterVec
	failures *prometheus.CounterVec
	joined   prometheus.Counter
	commands *prometheus.HistogramVec
}

func newMeters() *meters {
	return &meters{
		sessions: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "reactor_sessions_total",
			Help: "Sessions that have ended, by reason."}, []string{"reason"}),
		failures: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "reactor_failures_total",
			Help: "Sessions that the model failed in, and a load that failed, by cause."}, []string{"cause"}),
		joined: prometheus.NewCounter(prometheus.CounterOpts{Name: "reactor_viewers_joined_total",
			Help: "Viewers that have connected."}),
		commands: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "reactor_command_seconds",
			Help:    "Time from the arrival of a command to its answer, by command (empty for names that the model does not have) and status.",
			Buckets: []float64{.001, .005, .01, .025, .05, .1, .25, .5, 1, 5, 10}}, []string{"command", "status"}),
	}
}

// count counts an event.
func (m *meters) count(e runner.Event) {
	switch e := e.(type) {
	case runner.Transition:
		if e.Cause == runner.CauseLoad {
			m.failures.WithLabelValues(string(e.Cause)).Inc()
		}
	case runner.SessionEnded:
		m.sessions.WithLabelValues(e.Reason).Inc()
		if e.Cause != "" {
			m.failures.WithLabelValues(string(e.Cause)).Inc()
		}
	case runner.ViewerJoined:
		m.joined.Inc()
	case runner.CommandAnswered:
		m.commands.WithLabelValues(e.Command, string(e.Status)).Observe(e.Took.Seconds())
	}
}

// Describe implements prometheus.Collector.
func (m *meters) Describe(to chan<- *prometheus.Desc) {
	m.sessions.Describe(to)
	m.failures.Describe(to)
	m.joined.Describe(to)
	m.commands.Describe(to)
}

// Collect implements prometheus.Collector.
func (m *meters) Collect(to chan<- prometheus.Metric) {
	m.sessions.Collect(to)
	m.failures.Collect(to)
	m.joined.Collect(to)
	m.commands.Collect(to)
}
