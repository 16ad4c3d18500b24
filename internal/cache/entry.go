package cache

import (
	"encoding/binary"
	"encoding/hex"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// An entry is a file: the magic, the key, the length of the content in 8 bytes,
// the checksum in 4, and the content. Numbers are little endian. The checksum is
// CRC-32 (IEEE) of all that comes before it and of the content, so that an entry under
// another entry's name is none.
const (
	magic      = "rgcache1"
	sumOffset  = len(magic) + len(Key{}) + 8
	headerSize = int64(sumOffset) + 4

	entrySuffix = ".entry"
	tempPrefix  = ".put-"
)

// markAfter is how old the mark of an entry's last use becomes before it is set
// again.
const markAfter = time.Hour

// file is the name of the file with the entry of a key.
func (k Key) file() string { return hex.EncodeToString(k[:]) + entrySuffix }

// isEntry tells whether a file of this name is an entry.
func isEntry(name string) bool {
	digits, found := strings.CutSuffix(name, entrySuffix)
	if !found || len(digits) != 2*len(Key{}) {
		return false
	}
	_, err := hex.DecodeString(digits)
	return err == nil
}

// header is what an entry begins with.
func header(key Key, content [][]byte) []byte {
	size := 0
	for _, part := range content {
		size += len(part)
	}
	head := append(make([]byte, 0, headerSize), magic...)
	head = append(head, key[:]...)
	head = binary.LittleEndian.AppendUint64(head, uint64(size))
	return binary.LittleEndian.AppendUint32(head, checksum(head, content...))
}

func checksum(head []byte, content ...[]byte) uint32 {
	sum := crc32.ChecksumIEEE(head)
	for _, part := range content {
		sum = crc32.Update(sum, crc32.IEEETable, part)
	}
	return sum
}

// readEntry gives the content of an entry that is whole, is the one of the key, and
// has at most limit bytes.
func readEntry(name string, key Key, limit int64) ([]byte, bool) {
	f, err := os.Open(name)
	if err != nil {
		return nil, false
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() < headerSize || info.Size() > limit {
		return nil, false
	}
	text := make([]byte, info.Size())
	if _, err := io.ReadFull(f, text); err != nil {
		return nil, false
	}
	content, ok := parseEntry(text, key)
	if ok {
		markUse(name, info.ModTime())
	}
	return content, ok
}

// parseEntry gives the content within the bytes of an entry's file.
func parseEntry(text []byte, key Key) ([]byte, bool) {
	if int64(len(text)) < headerSize || string(text[:len(magic)]) != magic || Key(text[len(magic):len(magic)+len(key)]) != key {
		return nil, false
	}
	content := text[headerSize:]
	length := binary.LittleEndian.Uint64(text[sumOffset-8:])
	sum := binary.LittleEndian.Uint32(text[sumOffset:])
	if length != uint64(len(content)) || sum != checksum(text[:sumOffset], content) {
		return nil, false
	}
	return content, true
}

// markUse makes an entry's time of change the time of its last use. A time that
// lies ahead, by a clock that was wrong, is set right as well.
func markUse(name string, marked time.Time) {
	if now := time.Now(); now.Sub(marked).Abs() > markAfter {
		os.Chtimes(name, now, now)
	}
}

// writeEntry makes an entry, whole or not at all.
func writeEntry(folder string, key Key, content [][]byte) {
	f, err := os.CreateTemp(folder, tempPrefix+"*")
	if err != nil {
		return
	}
	_, err = f.Write(header(key, content))
	for _, part := range content {
		if err == nil {
			_, err = f.Write(part)
		}
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(folder, key.file()))
	}
	if err != nil {
		os.Remove(f.Name())
	}
}
