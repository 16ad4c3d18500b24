package http

import (
	"fmt"
	"testing"
)

// read returns the numbers of all that follows an entry, and whether the reader was
// cut or the journal is closed.
func (j *journal) read(after uint64) (numbers []uint64, over bool) {
	for {
		e, wait, ok := j.next(after)
		if !ok || wait != nil {
			return numbers, !ok
		}
		numbers, after = append(numbers, e.number), e.number
	}
}

func TestJournal(t *testing.T) {
	j := newJournal()
	if numbers, over := j.read(j.place(0)); len(numbers) > 0 || over {
		t.Errorf("an empty one has %v, %t", numbers, over)
	}
	for i := range 3 {
		j.write(i)
	}
	if got := fmt.Sprint(j.read(j.place(0))); got != "[1 2 3] false" {
		t.Errorf("all: %s", got)
	}
	if got := fmt.Sprint(j.read(j.place(2))); got != "[3] false" {
		t.Errorf("the last: %s", got)
	}
	if got := fmt.Sprint(j.read(j.place(99))); got != "[1 2 3] false" {
		t.Errorf("after an entry of an earlier program: %s", got)
	}
	if got := fmt.Sprint(j.read(j.end())); got != "[] false" {
		t.Errorf("what is yet to come: %s", got)
	}
	j.close()
	j.close()
	j.write("late")
	if got := fmt.Sprint(j.read(1)); got != "[2 3] true" {
		t.Errorf("closed: %s", got)
	}
}

func TestJournalIsBounded(t *testing.T) {
	j := newJournal()
	for i := range journalSize + 10 {
		j.write(i)
	}
	if numbers, over := j.read(j.place(0)); len(numbers) != journalSize || numbers[0] != 11 || over {
		t.Errorf("%d entries from %d, %t", len(numbers), numbers[0], over)
	}
	if numbers, over := j.read(9); len(numbers) > 0 || !over {
		t.Errorf("a reader that has missed one gets %d, %t", len(numbers), over)
	}
	if numbers, over := j.read(10); len(numbers) != journalSize || over {
		t.Errorf("a reader that has missed none gets %d, %t", len(numbers), over)
	}
}

// TestJournalWakes holds that what a reader waits on closes with the next entry and
// with the end.
func TestJournalWakes(t *testing.T) {
	j := newJournal()
	for _, do := range []func(){func() { j.write(1) }, j.close} {
		_, wait, _ := j.next(j.end())
		select {
		case <-wait:
			t.Fatal("woken without a reason")
		default:
		}
		do()
		<-wait
	}
}
