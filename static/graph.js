// Draws claims and entities. What is on the canvas stays where it is; only what comes new is placed.

import cytoscape from "./cytoscape.js";

const INK = "#1b1b1b";
const STYLE = [
  { selector: "node", style: {
    label: "data(title)", "font-family": "Source Sans, sans-serif", "font-size": 12, "text-wrap": "wrap", "text-max-width": 130, color: INK,
    "text-valign": "bottom", "text-margin-y": 4, "background-color": "#ffffff", "border-width": 2,
    "border-color": "#5b5b5b", width: 26, height: 26, "text-background-color": "#ffffff",
    "text-background-opacity": 0.8, "text-background-padding": 1 } },
  { selector: ".Claim", style: { shape: "round-rectangle", width: 34, height: 22, "background-color": "#fff3c4" } },
  { selector: ".several_origins", style: { "border-color": "#1b6b3a", "border-width": 4 } },
  { selector: ".one_origin", style: { "border-color": "#1f4e79" } },
  { selector: ".unnamed_only, .unclear", style: { "border-color": "#8a5a00", "border-style": "dashed" } },
  { selector: ".no_source_found", style: { "border-color": "#9c2a1c", "border-style": "dotted" } },
  { selector: ".Entity", style: { "background-color": "#dbe7f2" } },
  { selector: ".person", style: { shape: "ellipse" } },
  { selector: ".company, .organization, .government, .outlet", style: { shape: "rectangle" } },
  { selector: ".ai_model, .product", style: { shape: "hexagon" } },
  { selector: ".place, .document, .event", style: { shape: "diamond" } },
  { selector: "edge", style: {
    width: 1.2, "line-color": "#9a9a9a", "target-arrow-color": "#9a9a9a", "target-arrow-shape": "triangle",
    "arrow-scale": 0.8, "curve-style": "bezier" } },
  { selector: ".ABOUT", style: { "line-style": "dotted" } },
  { selector: ".ORIGINATES_FROM", style: { width: 2, "line-color": "#1f4e79", "target-arrow-color": "#1f4e79" } },
  { selector: ".DISPUTES, .CORRECTS", style: {
    width: 2, "line-color": "#9c2a1c", "target-arrow-color": "#9c2a1c", "target-arrow-shape": "tee" } },
  { selector: ".RELATION, .DISPUTES, .QUALIFIES, .UPDATES, .CORRECTS, .SUPPORTS", style: {
    label: "data(words)", "font-size": 9, "text-rotation": "autorotate", "text-max-width": 110,
    "text-wrap": "ellipsis", "text-background-color": "#ffffff", "text-background-opacity": 0.9 } },
  { selector: ".RELATION", style: { "line-style": "dashed" } },
  { selector: "node:selected", style: { "border-width": 5, "border-color": INK, "font-weight": "bold" } },
];

const drawn = new WeakMap(); // container → Cytoscape

export function draw({ data, parentElement, setStateValue, setTriggerValue }) {
  const container = parentElement.querySelector(".canvas");
  let cy = drawn.get(container);
  if (!cy) {
    Object.assign(container.style, { position: "relative", height: "620px", border: "1px solid #d9d4c9" });
    container.setAttribute("role", "img");
    container.setAttribute("aria-label", "Graph of claims and entities; the same stands in tables below");
    cy = cytoscape({ container, style: STYLE, minZoom: 0.2, maxZoom: 3 });
    drawn.set(container, cy);
  }
  cy.removeListener("onetap dbltap");
  cy.on("onetap", "node", (event) => setStateValue("selected", event.target.id()));
  cy.on("dbltap", "node", (event) => setTriggerValue("opened", event.target.id()));
  update(cy, data);
}

function update(cy, { elements, centre }) {
  const wanted = new Set(elements.map((element) => element.data.id));
  const before = cy.nodes().map((node) => ({ nodeId: node.id(), position: { ...node.position() } }));
  const sorted = [...elements].sort((a, b) => (a.data.id < b.data.id ? -1 : 1));
  cy.batch(() => {
    cy.elements().filter((element) => !wanted.has(element.id())).remove();
    cy.add(sorted.filter((element) => cy.getElementById(element.data.id).empty()));
  });
  const known = new Set(before.map((fixed) => fixed.nodeId));
  const fresh = cy.nodes().filter((node) => !known.has(node.id()));
  if (fresh.empty()) return;
  if (!known.size) cy.getElementById(centre).select();
  place(cy, fresh, before.filter((fixed) => wanted.has(fixed.nodeId)));
}

// Every node has a place to begin from that follows from its id and its neighbours, never from chance: the same graph
// gives the same picture.
function place(cy, fresh, fixed) {
  const ordered = fresh.sort((a, b) => (a.id() < b.id() ? -1 : 1));
  ordered.forEach((node, i) => {
    const neighbour = node.neighborhood("node").difference(fresh).sort((a, b) => (a.id() < b.id() ? -1 : 1));
    const from = neighbour.nonempty() ? neighbour.first().position() : { x: 0, y: 0 };
    const turn = i * 2.399963; // the golden angle: a sunflower's seeds, no two in one place
    const away = 40 * Math.sqrt(i + 1);
    node.position({ x: from.x + away * Math.cos(turn), y: from.y + away * Math.sin(turn) });
  });
  cy.layout({
    name: "fcose", randomize: false, animate: false, fit: !fixed.length, padding: 40, nodeDimensionsIncludeLabels: true,
    idealEdgeLength: 110, nodeRepulsion: 9000, fixedNodeConstraint: fixed.length ? fixed : undefined,
  }).run();
  if (fixed.length) moveBack(cy, fresh, fixed);
}

// fcose keeps fixed nodes fixed to each other and centres the whole anew: undo that.
function moveBack(cy, fresh, fixed) {
  const now = cy.getElementById(fixed[0].nodeId).position();
  fresh.shift({ x: fixed[0].position.x - now.x, y: fixed[0].position.y - now.y });
  for (const { nodeId, position } of fixed) cy.getElementById(nodeId).position(position);
}
