package webrtc

import (
	"time"

	"github.com/pion/rtcp"
)

// reportGap is how often a viewer is told which timestamps of its tracks belong
// together.
const reportGap = time.Second

// ntpEpoch is the number of seconds from the start of NTP's clock to that of Unix
// (RFC 5905, section 6).
const ntpEpoch = 2208988800

// report tells the viewer the time of its tracks until the connection ends (RFC 3550,
// section 6.4.1). That is the time of the session for all of them, and not the one at
// which a packet was sent: compressing pictures takes longer than compressing sound,
// and lips and voice would drift apart by it.
func (c *connection) report() {
	tick := time.NewTicker(reportGap)
	defer tick.Stop()
	for {
		select {
		case now := <-tick.C:
			c.sendReports(now)
		case <-c.ending:
			return
		}
	}
}

// sendReports sends a report of each track that has sent something. The connection may be
// there for a moment longer than its session.
func (c *connection) sendReports(now time.Time) {
	all := c.reports(now)
	if len(all) == 0 {
		return
	}
	if err := c.peer.WriteRTCP(all); err != nil {
		c.transport.log.Debug("the time cannot be told", "error", err)
	}
}

// reports are those of a moment.
func (c *connection) reports(now time.Time) (all []rtcp.Packet) {
	for _, o := range c.outputs {
		packets, encodings := o.packets.Load(), o.sender.GetParameters().Encodings
		if packets == 0 || len(encodings) == 0 {
			continue
		}
		all = append(all, &rtcp.SenderReport{SSRC: uint32(encodings[0].SSRC), NTPTime: ntp(now), RTPTime: o.timestamp(now.Sub(c.start)),
			PacketCount: packets, OctetCount: o.octets.Load()})
	}
	return all
}

// ntp is a time as NTP writes it: 32 bits of seconds, 32 of their fraction.
func ntp(t time.Time) uint64 {
	return uint64(t.Unix()+ntpEpoch)<<32 | uint64(t.Nanosecond())<<32/uint64(time.Second)
}
