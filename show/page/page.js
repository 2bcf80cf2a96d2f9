"use strict";
// This script shows the numbers that the program has computed. It computes none itself.
const page = JSON.parse(document.getElementById("data").textContent);
const element = id => document.getElementById(id);
const begin = page.backward.findIndex(frame => frame.sets); // the frame where Backward begins
const lines = [...element("derivation").children].map(li => {
  const node = Number(li.dataset.node);
  const from = page.backward.findIndex(frame => frame.to === node);
  const text = li.textContent;
  return {li, node, from, text, later: text.slice(0, text.indexOf(" = ")) + " = …"};
});
let order = "backward", at = 0;

// put writes a number after a word, and keeps its exact digits beside it.
function put(text, number, word = "") {
  text.textContent = number ? (word && `${word} `) + number[0] : `no ${word} yet`;
  if (number) text.dataset.exact = number[1];
  else delete text.dataset.exact;
}

// gradients returns the gradients of the nodes as they are in the current frame, or in an earlier one.
function gradients(back = 0) {
  const all = {};
  for (const frame of page[order].slice(0, at + 1 - back)) Object.assign(all, frame.sets);
  return all;
}

// showPicture shows the frame in the picture of the graph.
function showPicture(frame) {
  const known = gradients();
  const computed = order === "naive" || at >= begin
    ? page.nodes.length - 1 : Math.max(frame.node, page.nodes.findIndex(node => !node.leaf) - 1);
  page.nodes.forEach((node, i) => {
    put(element(`n${i}-data`), node.leaf || i <= computed ? node.data : null, "data");
    if (!node.const) put(element(`n${i}-grad`), known[i], "grad");
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

// labelEdge writes words near the middle of an edge, where they keep a distance from all nodes and, if
// possible, cover no edge.
function labelEdge(path, words) {
  const label = document.createElementNS("http://www.w3.org/2000/svg", "text");
  label.id = "edge-label";
  label.textContent = words;
  picture.append(label);
  const text = label.getBBox(), place = freePlace(path, text);
  label.setAttribute("x", place.x - text.x);
  label.setAttribute("y", place.y - text.y);
}

// overlap reports whether less than a distance is between two boxes.
const overlap = (a, b, distance) =>
  a.x < b.x + b.width + distance && b.x < a.x + a.width + distance &&
  a.y < b.y + b.height + distance && b.y < a.y + a.height + distance;

// boxOf returns the box of a part of the picture.
const boxOf = part => {
  const {x, y, width, height} = part.getBBox();
  return {x, y, width, height};
};

// points returns 33 points of a line, as boxes. It keeps them, since a browser takes long to find them.
const kept = new Map();
function points(line) {
  if (!kept.has(line)) {
    const length = line.getTotalLength();
    kept.set(line, [...Array(33).keys()].map(i => {
      const {x, y} = line.getPointAtLength(length * i / 32);
      return {x, y, width: 0, height: 0};
    }));
  }
  return kept.get(line);
}

// freePlace returns the place for the box of a label near a path: the nearest to its middle that is 6 away
// from all nodes. A place that covers no edge is better than one 40 nearer. If all places are on nodes, it
// is the middle of the path.
function freePlace(path, {width, height}) {
  const along = points(path), frame = boxOf(path);
  const nodes = nodeBoxes.filter(box => overlap(box, frame, 150));
  const edges = edgeLines.filter(({box}) => overlap(box, frame, 150)).flatMap(({line}) => points(line));
  const around = (point, dx, dy) =>
    ({x: point.x + dx - width / 2, y: point.y + dy - height / 2, width, height});
  let best = around(along[16], 0, 0), least = Infinity;
  along.forEach((point, i) => {
    for (let dy = -96; dy <= 96; dy += 4) {
      for (let dx = -48; dx <= 48; dx += 6) {
        const box = around(point, dx, dy);
        let cost = Math.hypot(dx, dy) + Math.abs(i - 16) / 2;
        if (cost >= least || nodes.some(node => overlap(box, node, 6)) ||
          box.x < 0 || box.x + width > natural || box.y < -strip || box.y + height > tall + strip) continue;
        if (edges.some(edge => overlap(box, edge, 3))) cost += 40;
        if (cost < least) [best, least] = [box, cost];
      }
    }
  });
  return best;
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
  put(element("before"), before(frame));
  put(element("added"), contribution);
  element("added").textContent = enclosed(contribution[0]);
  put(element("sum"), frame.sets[frame.to]);
}

// before returns the gradient of the node that receives the contribution, before it is added. Backward
// begins with 0.
const before = frame => gradients(1)[frame.to] || ["0", "0"];

// enclosed puts a negative number in parentheses.
const enclosed = number => /^[-−]/.test(number) ? `(${number})` : number;

// showDerivation shows the lines of the derivation as far as Backward has come.
function showDerivation() {
  const last = order === "backward" ? at : page.backward.length - 1;
  const growing = {};
  for (const frame of page.backward.slice(0, last + 1)) growing[frame.to] = frame.line;
  for (const {li, node, from, text, later} of lines) {
    li.textContent = last < from ? later : growing[node] || text;
    li.classList.toggle("later", last < from);
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
  const sum = minus(frame.sets[frame.to]), was = gradients(1)[frame.to];
  const words = {
    step: frame.step, from: page.nodes[frame.node].name, to: page.nodes[frame.to].name,
    gradient: minus(gradients()[frame.node]), contribution,
    sum: was ? `${minus(was)} + ${enclosed(contribution)} = ${sum}` : sum,
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

// reveal scrolls the picture to what the frame is about: to both ends of its edge, if there is room for them,
// and otherwise as far towards the sender as the receiver remains visible. The page itself stays. At the
// start the frame is about nothing, and the next one is shown, or, of a part of a large graph, the root.
function reveal(frame) {
  if (order === "backward" && at === 0) frame = page.backward[page.part ? begin : 1];
  const outside = element("picture"), outer = outside.getBoundingClientRect();
  const rects = [frame.to, frame.node].filter(i => i >= 0)
    .map(i => element(`n${i}`).getBoundingClientRect());
  if (rects.length === 0) return;
  const toward = (low, high) => { // how far to scroll, along the axis with these two sides
    const first = Math.min(...rects.map(r => r[low])), last = Math.max(...rects.map(r => r[high]));
    if (last - first <= outer[high] - outer[low]) return (first + last - outer[low] - outer[high]) / 2;
    return rects[0][low] === first ? first - outer[low] - 8 : last - outer[high] + 8;
  };
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  outside.scrollTo({
    left: outside.scrollLeft + toward("left", "right"), top: outside.scrollTop + toward("top", "bottom"),
    behavior: calm || at === 0 ? "auto" : "smooth",
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
  if (event.altKey || event.ctrlKey || event.metaKey || !keys[event.key]) return;
  if (event.shiftKey) {
    event.target.closest(".scroll")?.scrollBy({left: {ArrowLeft: -100, ArrowRight: 100}[event.key] || 0});
    return;
  }
  event.preventDefault(); // the control that has the focus does not take the key
  go(moves[keys[event.key]]());
});
element("slider").addEventListener("input", event => go(Number(event.target.value)));
const orders = document.querySelectorAll("button.order");
for (const button of orders) {
  button.addEventListener("click", () => {
    if (order === button.value) return;
    order = button.value;
    for (const other of orders) other.setAttribute("aria-pressed", other === button);
    go(order === "backward" ? begin : 0);
  });
}

// The picture is as wide as the page, unless its letters would be too small, or larger than the page's.
const picture = document.querySelector("#picture svg");
const nodeBoxes = [...picture.querySelectorAll(".box")].map(boxOf);
const edgeLines = [...picture.querySelectorAll(".line")].map(line => ({line, box: boxOf(line)}));
const {width: natural, height: tall} = picture.viewBox.baseVal;
const strip = 12; // added above and below, for the label of an edge
picture.setAttribute("viewBox", `0 ${-strip} ${natural} ${tall + 2 * strip}`);
picture.setAttribute("height", tall + 2 * strip);
const room = () => element("picture").clientWidth / natural;
const smallest = 0.75, largest = 1.3;
let zoom = 0; // as large as the page has room for
function resize() {
  picture.style.width = `${natural * (zoom || Math.min(Math.max(room(), smallest), largest))}px`;
}
const sizes = {smaller: now => now / 1.25, larger: now => now * 1.25, fit: room};
for (const [id, size] of Object.entries(sizes)) {
  element(id).addEventListener("click", () => {
    zoom = Math.min(Math.max(size(picture.getBoundingClientRect().width / natural), 0.1), 4);
    resize();
    reveal(page[order][at]);
  });
}
addEventListener("resize", resize);

// What is printed is the state after Backward.
let onScreen;
addEventListener("beforeprint", () => {
  onScreen = {order, at};
  order = "backward";
  go(page.backward.length - 1);
});
addEventListener("afterprint", () => {
  order = onScreen.order;
  go(onScreen.at);
});

element("player").hidden = false;
element("zoom").hidden = false;
resize();
go(0);
