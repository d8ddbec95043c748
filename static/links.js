// Follows the app's own links inside the session, and brings a place on the page into view.
// A link that is opened in a new tab, or before this has loaded, works as any link does.

// Ours are known by their address: what Streamlit lets through of our markup keeps no other sign.
const OURS = /^(\.|[a-z]+)(\?[^#]*)?$/;

const left = new Map(); // address → how far down its page was read when it was left

let send = null;
let shown = null;
let returning = false;

document.addEventListener("click", (event) => {
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  const link = event.composedPath().find((node) => node.tagName === "A");
  const address = link?.closest('[data-testid="stHtml"]') && link.getAttribute("href");
  if (!plain || !send || !address || link.target === "_blank" || !OURS.test(address)) return;
  event.preventDefault();
  left.set(here(), main()?.scrollTop ?? 0);
  shown = null;
  between = false;
  send(address);
});

addEventListener("popstate", () => {
  returning = true;
  shown = null;
});

// Streamlit writes the values of a new page into the address of the old one before it turns to the page: that half-way
// address would be where Back leads. The page takes its place in the history.
const push = history.pushState.bind(history);
let between = false;
history.pushState = (state, title, url) => {
  const samePage = new URL(url, location.href).pathname === location.pathname;
  if (between && !samePage) history.replaceState(state, title, url);
  else push(state, title, url);
  between = samePage && shown === null;
};

export function follow({ data, setTriggerValue }) {
  send = (address) => setTriggerValue("go", address);
  document.documentElement.dataset.links = "followed"; // from now on no link of ours loads the page anew
  if (shown === here()) return; // a rerun moves nothing
  shown = here();
  between = false;
  if (returning && left.has(shown)) scroll(left.get(shown), 40);
  else bring(data.place, 40);
  returning = false;
}

function here() {
  return location.pathname + location.search;
}

function main() {
  return document.querySelector('[data-testid="stMain"]');
}

// A page grows while it is drawn: it is brought down again until it is long enough.
function scroll(depth, tries) {
  main()?.scrollTo(0, depth);
  if (tries && (main()?.scrollTop ?? 0) < depth - 1) setTimeout(() => scroll(depth, tries - 1), 50);
}

function bring(place, tries) {
  const found = place && document.getElementById(place);
  if (found) found.scrollIntoView({ block: "center" });
  else if (place && tries) setTimeout(() => bring(place, tries - 1), 50);
  else if (!place) main()?.scrollTo(0, 0);
}
