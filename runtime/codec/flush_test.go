package codec

import (
	"testing"
	"testing/synctest"
	"time"
)

// A stage that is flushed before it is closed encodes what waits.
func TestStageFlush(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const delay, handing = 300 * time.Millisecond, 50 * time.Millisecond
		var got packets
		s := NewStage(StageOptions{Backend: (&fakeCoder{delay: delay}).backend(), Output: func(p Packet) {
			time.Sleep(handing)
			got.add(p)
		}})
		rgb := make([]byte, 16*16*3)
		s.Write(16, 16, rgb, 0)
		synctest.Wait()
		s.Write(16, 16, rgb, frame40) // waits behind the first
		if s.Flush(delay) {
			t.Error("a picture that waits is flushed")
		}
		began, two := time.Now(), make(chan bool, 1)
		go func() { two <- s.Flush(time.Minute) }()
		if !s.Flush(time.Minute) || !<-two {
			t.Error("nothing came of a minute's wait")
		}
		if took := time.Since(began); took != delay+2*handing {
			t.Errorf("flushed after %v", took)
		}
		if len(got.list) != 2 {
			t.Errorf("%d of 2 packets were handed over", len(got.list))
		}
		if began = time.Now(); !s.Flush(time.Minute) || time.Since(began) != 0 {
			t.Error("a stage with nothing to do was waited for")
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if stats := s.Stats(); stats.Encoded != 2 || stats.Dropped != 0 || !s.Flush(time.Minute) {
			t.Errorf("%+v", stats)
		}
	})
}

// What waits for a stage is let go when another closes it.
func TestStageFlushWhileClosing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := NewStage(StageOptions{Backend: (&fakeCoder{delay: time.Second}).backend()})
		rgb := make([]byte, 16*16*3)
		s.Write(16, 16, rgb, 0)
		synctest.Wait()
		s.Write(16, 16, rgb, frame40)
		done := make(chan bool)
		go func() { done <- s.Flush(time.Hour) }()
		synctest.Wait()
		s.Close()
		if !<-done {
			t.Error("it waited in vain")
		}
	})
}
