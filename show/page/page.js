"use strict";
// This script shows the numbers that the program has computed. It computes none itself.
const page = JSON.parse(document.getElementById("data").textContent);
const element = id => document.getElementById(id);
const begin = page.backward.findIndex(frame => frame.sets); // the frame where Backward begins
const lines = [...element("derivation").children].map(li => {
  const node = Number(li.dataset.node);
  const from = page.backward.findIndex(frame => frame.to === node);
  return {li, node, from, text: li.textContent};
});
let order = "backward", at = 0;

// put writes a number, and keeps its exact digits beside it.
function put(text, number, before = "") {
  text.textContent = before + (number ? number[0] : "not computed");
  if (number) text.dataset.exact = number[1];
  else delete text.dataset.exact;
}

// gradients returns the gradients of the nodes as they are in the current frame.
function gradients() {
  const all = {};
  for (const frame of page[order].slice(0, at + 1)) Object.assign(all, frame.sets);
  return all;
}

// showPicture shows the frame in the picture of the graph.
function showPicture(frame) {
  const known = gradients();
  const computed = order === "naive" || at >= begin
    ? page.nodes.length - 1 : Math.max(frame.node, page.nodes.findIndex(node => !node.leaf) - 1);
  page.nodes.forEach((node, i) => {
    put(element(`n${i}-data`), node.leaf || i <= computed ? node.data : null, "data ");
    if (!node.const) put(element(`n${i}-grad`), known[i], "grad ");
    const {classList} = element(`n${i}`);
    classList.toggle("from", i === frame.node);
    classList.toggle("to", i === frame.to);
    classList.toggle("wrong", i === frame.to && Boolean(frame.right));
    classList.toggle("nograd", !node.const && !known[i]);
  });
  document.querySelectorAll(".edge.now").forEach(edge => edge.classList.remove("now"));
  element("edge-label")?.remove();
  if (frame.edge < 0) return;
  const edge = element(`e${frame.edge}`);
  edge.classList.add("now");
  labelEdge(edge.querySelector(".line"), `◀ ×${frame.numbers[0][0]}`);
}

// labelEdge writes words above the middle of an edge.
function labelEdge(path, words) {
  const middle = path.getPointAtLength(path.getTotalLength() / 2);
  const label = document.createElementNS("http://www.w3.org/2000/svg", "text");
  label.id = "edge-label";
  label.textContent = words;
  label.setAttribute("x", middle.x);
  label.setAttribute("y", middle.y - 6);
  path.ownerSVGElement.append(label);
}

// showCard shows the numbers of a step, if the frame is one.
function showCard(frame) {
  element("card").classList.toggle("off", !frame.numbers);
  if (!frame.numbers) return;
  const [derivative, contribution] = frame.numbers;
  element("gradient-name").textContent = page.nodes[frame.node].d;
  element("sum-name").textContent = page.nodes[frame.to].d;
  element("formula").textContent = frame.formula || "";
  put(element("gradient"), gradients()[frame.node]);
  put(element("local"), derivative);
  put(element("contribution"), contribution);
  put(element("sum"), frame.sets[frame.to]);
}

// showDerivation shows the lines of the derivation as far as Backward has come.
function showDerivation() {
  const last = order === "backward" ? at : page.backward.length - 1;
  const growing = {};
  for (const frame of page.backward.slice(0, last + 1)) growing[frame.to] = frame.line;
  for (const {li, node, from, text} of lines) {
    li.hidden = last < from;
    li.textContent = growing[node] || text;
    li.classList.toggle("now", order === "backward" && page.backward[at].to === node);
  }
}

// showRow marks the row of the step in its table.
function showRow() {
  document.querySelectorAll("tr[aria-current]").forEach(row => row.removeAttribute("aria-current"));
  const rows = element(`${order}-steps`).rows;
  rows[order === "backward" ? at - begin - 1 : at - 1]?.setAttribute("aria-current", "step");
}

// say returns the sentence that announces a frame. Numbers have the minus that screen readers
// read out.
function say(frame) {
  const note = frame.note || "";
  if (frame.say) return frame.say + note;
  const minus = number => number[0].replaceAll("-", "−");
  const [derivative, contribution] = frame.numbers.map(minus);
  const words = {
    step: frame.step, from: page.nodes[frame.node].name, to: page.nodes[frame.to].name,
    gradient: minus(gradients()[frame.node]), contribution, sum: minus(frame.sets[frame.to]),
    local: (frame.formula ? `${frame.formula} = ` : "") + derivative,
  };
  return page.sentences[order].replace(/{(\w+)}/g, (_, word) => words[word]) + note;
}

// go shows the frame at a place in the current order.
function go(to) {
  const frames = page[order];
  at = Math.min(Math.max(to, 0), frames.length - 1);
  const frame = frames[at], words = say(frame), [label] = words.split(":");
  element("player").classList.toggle("wrong", Boolean(frame.right));
  element("say").textContent = words;
  element("label").textContent = label;
  const slider = element("slider");
  slider.max = frames.length - 1;
  slider.value = at;
  slider.setAttribute("aria-valuetext", label);
  // The attribute is aria-disabled, since a button that is disabled would lose the focus.
  for (const id of ["first", "back"]) element(id).setAttribute("aria-disabled", at === 0);
  for (const id of ["next", "last"]) {
    element(id).setAttribute("aria-disabled", at === frames.length - 1);
  }
  showPicture(frame);
  showCard(frame);
  showDerivation();
  showRow();
  reveal(frame);
}

// reveal scrolls the picture to the node that the frame is about. The page itself stays. At the start
// that is none, or, in a part of a large graph, the root.
function reveal(frame) {
  const about = frame.to < 0 ? frame.node : frame.to;
  const picture = element("picture");
  const node = element(`n${about < 0 && page.part ? page.nodes.length - 1 : about}`);
  if (!node) return;
  const inner = node.getBoundingClientRect(), outer = picture.getBoundingClientRect();
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  picture.scrollBy({
    left: (inner.left + inner.right - outer.left - outer.right) / 2,
    top: (inner.top + inner.bottom - outer.top - outer.bottom) / 2,
    behavior: calm || about < 0 ? "auto" : "smooth",
  });
}

const moves = {
  first: () => 0, back: () => at - 1, next: () => at + 1, last: () => page[order].length - 1,
};
for (const [id, move] of Object.entries(moves)) {
  element(id).addEventListener("click", () => go(move()));
}
const keys = {Home: "first", ArrowLeft: "back", ArrowRight: "next", End: "last"};
document.addEventListener("keydown", event => {
  const elsewhere = event.target.closest("input, .scroll"); // these use the keys themselves
  if (elsewhere || event.altKey || event.ctrlKey || event.metaKey || !keys[event.key]) return;
  event.preventDefault();
  go(moves[keys[event.key]]());
});
element("slider").addEventListener("input", event => go(Number(event.target.value)));
for (const radio of document.querySelectorAll("[name=order]")) {
  radio.addEventListener("change", () => {
    order = radio.value;
    go(order === "backward" ? begin : 0);
  });
}

// What is printed is the state after Backward.
let before;
addEventListener("beforeprint", () => {
  before = {order, at};
  order = "backward";
  go(page.backward.length - 1);
});
addEventListener("afterprint", () => {
  order = before.order;
  go(before.at);
});

element("player").hidden = false;
go(0);
