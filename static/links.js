// Follows the app's own links inside the session, and brings a place on the page into view.
// A link that is opened in a new tab, or before this has loaded, works as any link does.

let send = null;
let shown = null;

document.addEventListener("click", (event) => {
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  const link = event.composedPath().find((node) => node.tagName === "A");
  if (!plain || !link || link.target !== "_self" || !send) return;
  event.preventDefault();
  shown = null;
  send(link.getAttribute("href"));
});

export function follow({ data, setTriggerValue }) {
  send = (address) => setTriggerValue("go", address);
  const asked = location.pathname + location.search;
  if (shown === asked) return; // a rerun moves nothing
  shown = asked;
  bring(data.place, 40);
}

function bring(place, tries) {
  const found = place && document.getElementById(place);
  if (found) found.scrollIntoView({ block: "center" });
  else if (place && tries) setTimeout(() => bring(place, tries - 1), 50);
  else if (!place) document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
}
