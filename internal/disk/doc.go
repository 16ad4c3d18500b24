// Package disk answers what a scan asks of the file system, remembers the
// answers, and tells later whether they would still be the same.
//
//	ReadDir, ReadFile, Stat, Note ──► facts ──► Encode ──► state
//	state ──► Decode ──► Verify: stat all, in parallel ──► what changed
//
// A [Disk] that was decoded and verified gives the remembered answer wherever
// nothing has changed, without asking the system again; what has changed it reads
// anew. A fact is a folder with the names in it, a file with its size, times,
// inode and the hash of its content, or that there is nothing of a name. A note is
// what somebody made of the text of a file, and holds as long as the text does.
//
// A file whose times say that it may have been written while it was read, or so
// shortly before that another write could have the same times, is compared by its
// content. So is everything where the system's inodes and change times cannot be
// trusted. An overlay has texts in the place of those on the disk, and files that
// are on no disk.
package disk
