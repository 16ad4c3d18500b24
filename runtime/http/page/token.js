// The token is what a server on another host than loopback wants of its clients. It
// comes in the fragment of the page's address, which a browser sends to nobody, and
// leaves the address at once, so that it is not passed on with it. The tab remembers
// it for a reload.

const key = "reactor-token";
let token = remembered();

function take() {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (!given) return;
  token = given;
  history.replaceState(history.state, "", location.pathname + location.search);
  try { sessionStorage.setItem(key, given); } catch { /* then not beyond a reload */ }
}

function remembered() {
  try { return sessionStorage.getItem(key); } catch { return null; }
}

take();
addEventListener("hashchange", take);

// authorization is the header that requests carry; without a token it is what the
// published clients send to a server of their own machine.
export const authorization = () => ({ "Authorization": `Bearer ${token ?? "local"}` });

// needed tells whether this page was given a token.
export const needed = () => token !== null;
