// readStream reads a stream of events (HTML standard, section 9.2) as our server writes
// it, with each event's data on one line, and hands on the data until the stream ends
// or breaks off. It returns how many milliseconds the server wants to be left alone
// then, if it has said so.
export async function readStream(body, take) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "", retry;
  for (;;) {
    const { done, value } = await reader.read().catch(() => ({ done: true }));
    if (done) return retry;
    const lines = (rest + value).split("\n");
    rest = lines.pop();
    for (const line of lines) {
      if (line.startsWith("data: ")) take(line.slice(6));
      if (line.startsWith("retry: ")) retry = Number(line.slice(7));
    }
  }
}
