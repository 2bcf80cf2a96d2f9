// renew gives an element the children that another one has, or that HTML says. What is the same already stays:
// a browser lays out anew only what differs, which is little where numbers change.
function renew(element, made) {
  if (typeof made === "string") {
    const html = made;
    made = element.cloneNode(false); // HTML is read as in the element
    made.innerHTML = html;
  }
  const old = [...element.childNodes], now = [...made.childNodes];
  now.forEach((child, i) => {
    const was = old[i];
    if (!was) element.append(child);
    else if (was.isEqualNode(child)) return;
    else if (was.nodeName !== child.nodeName) was.replaceWith(child);
    else if (child.nodeType === Node.ELEMENT_NODE) {
      for (const {name} of [...was.attributes]) if (!child.hasAttribute(name)) was.removeAttribute(name);
      for (const {name, value} of child.attributes) {
        if (was.getAttribute(name) !== value) was.setAttribute(name, value);
      }
      renew(was, child);
    } else if (was.data !== child.data) was.data = child.data;
  });
  old.slice(now.length).forEach(child => child.remove());
}

// Labels writes words beside the edges of a picture of a graph, where they cover no node.
const Labels = (() => {
  "use strict";

  // overlap reports whether less than a distance is between two boxes.
  const overlap = (a, b, distance) =>
    a.x < b.x + b.width + distance && b.x < a.x + a.width + distance &&
    a.y < b.y + b.height + distance && b.y < a.y + a.height + distance;

  // boxOf returns the box of a part of the picture.
  const boxOf = part => {
    const {x, y, width, height} = part.getBBox();
    return {x, y, width, height};
  };

  const lines = new WeakMap(); // the points of the lines of edges, in pictures that may be shown again

  return class Labels {
    constructor(svg) { this.svg = svg; }

    // write writes words beside a line. Without words it removes those that are there.
    write(line, words) {
      this.svg.querySelector(".edge-label")?.remove();
      if (!words) return;
      const label = document.createElementNS("http://www.w3.org/2000/svg", "text");
      label.classList.add("edge-label");
      label.textContent = words;
      this.svg.append(label);
      const text = label.getBBox(), place = this.freePlace(line, text);
      label.setAttribute("x", place.x - text.x);
      label.setAttribute("y", place.y - text.y);
    }

    // measure finds the boxes of nodes and edges. A picture that nobody sees has none.
    measure() {
      if (this.boxes?.some(box => box.width > 0)) return;
      this.boxes = [...this.svg.querySelectorAll(".box")].map(boxOf);
      this.edges = [...this.svg.querySelectorAll(".line")].map(line => ({line, box: boxOf(line)}));
    }

    // points returns 33 points of a line, as boxes. It keeps them, since a browser takes long to find them.
    points(line) {
      const path = line.getAttribute("d");
      if (lines.get(line)?.path !== path) {
        const length = line.getTotalLength();
        lines.set(line, {path, points: [...Array(33).keys()].map(i => {
          const {x, y} = line.getPointAtLength(length * i / 32);
          return {x, y, width: 0, height: 0};
        })});
      }
      return lines.get(line).points;
    }

    // freePlace returns the place for the box of a label near a path: the nearest to its middle that is 6
    // away from all nodes. A place that covers no edge is better than one 40 nearer. If all places are on
    // nodes, it is the middle of the path.
    freePlace(path, {width, height}) {
      this.measure();
      const along = this.points(path), frame = boxOf(path);
      const nodes = this.boxes.filter(box => overlap(box, frame, 150));
      const edges = this.edges.filter(({box}) => overlap(box, frame, 150))
        .flatMap(({line}) => this.points(line));
      const around = (point, dx, dy) =>
        ({x: point.x + dx - width / 2, y: point.y + dy - height / 2, width, height});
      const {x: left, y: top, width: wide, height: high} = this.svg.viewBox.baseVal;
      const outside = box => box.x < left || box.x + width > left + wide ||
        box.y < top || box.y + height > top + high;
      let best = around(along[16], 0, 0), least = Infinity;
      along.forEach((point, i) => {
        for (let dy = -96; dy <= 96; dy += 4) {
          for (let dx = -48; dx <= 48; dx += 6) {
            const box = around(point, dx, dy);
            let cost = Math.hypot(dx, dy) + Math.abs(i - 16) / 2;
            if (cost >= least || nodes.some(node => overlap(box, node, 6)) || outside(box)) continue;
            if (edges.some(edge => overlap(box, edge, 3))) cost += 40;
            if (cost < least) [best, least] = [box, cost];
          }
        }
      });
      return best;
    }
  };
})();

// mountStepper lets a reader step through a graph. It shows the numbers that the program has computed, and
// computes none itself.
//
//   root   the element that holds the markup of a stepper, as Fragment or HTML of package player returns it
//   data   a Player of that package
//   parts  what Parts of the Player returns, to be put into their places; without it they are there already
//   keys   where the keys are listened to: root, or document for keys anywhere on the page
//   order  "backward" or "naive", and at, the place of a frame in it: what is shown first
//   moved  is called with the stepper after each step
//
// What it returns has:
//
//   go(at)       shows the frame at a place in the present order, or at the nearest that there is
//   follow(order, at)  does so in an order
//   at, order    what is shown
//   last         the place of the last frame in the present order
//   dispose()    stops listening. The element can be mounted again, with other data
const mountStepper = (() => {
  "use strict";

  // write makes words the text of an element. If they are, a browser need not lay it out again.
  const write = (element, words) => element.textContent === words || (element.textContent = words);

  // put writes a number after a word, and keeps its exact digits beside it.
  function put(text, number, word = "") {
    write(text, number ? (word && `${word} `) + number[0] : `no ${word} yet`);
    if (number) text.dataset.exact = number[1];
    else delete text.dataset.exact;
  }

  // enclosed puts a negative number in parentheses.
  const enclosed = number => /^[-−]/.test(number) ? `(${number})` : number;

  const strip = 12; // added above and below the picture, for the label of an edge
  const smallest = 0.85, largest = 1.3; // the sizes that the picture takes by itself

  // A Picture is the picture of the graph, in an element that scrolls it.
  class Picture {
    constructor(outside, nodes) {
      this.outside = outside;
      this.svg = outside.querySelector("svg");
      this.nodes = nodes.map((_, i) => ({
        group: this.svg.querySelector(`#n${i}`),
        data: this.svg.querySelector(`#n${i}-data`), grad: this.svg.querySelector(`#n${i}-grad`),
      }));
      this.zoom = 0; // as large as there is room
      const {width, height} = this.svg.viewBox.baseVal;
      [this.width, this.height] = [width, height];
      this.svg.setAttribute("viewBox", `0 ${-strip} ${width} ${height + 2 * strip}`);
      this.svg.setAttribute("height", height + 2 * strip);
      this.labels = new Labels(this.svg);
    }

    // room returns the size at which the picture is as wide as its place.
    get room() { return this.outside.clientWidth / this.width; }

    // resize makes the picture as wide as its place, unless its letters would be too small, or too large.
    resize() {
      const size = this.zoom || Math.min(Math.max(this.room, smallest), largest);
      this.svg.style.width = `${this.width * size}px`;
    }

    // scale shows the picture in the size that change returns for the present one.
    scale(change) {
      const now = this.svg.getBoundingClientRect().width / this.width;
      this.zoom = Math.min(Math.max(change(now), 0.1), 4);
      this.resize();
    }

    // label marks an edge and writes words beside it. Without words it removes those that are there.
    label(edge, words) {
      this.svg.querySelectorAll(".edge.now").forEach(other => other.classList.remove("now"));
      const group = words && this.svg.querySelector(`#e${edge}`);
      if (group) group.classList.add("now");
      this.labels.write(group && group.querySelector(".line"), words);
    }

    // reveal scrolls to what a frame is about: to both ends of its edge, with the words beside it, if there is
    // room for them, and otherwise as far towards the sender as the receiver remains visible. The page itself
    // stays.
    reveal(frame, calm) {
      const outer = this.outside.getBoundingClientRect();
      const rects = [frame.to, frame.node].filter(i => i >= 0)
        .map(i => this.nodes[i].group.getBoundingClientRect());
      if (rects.length === 0) return;
      const words = [...this.svg.querySelectorAll(".edge-label")].map(label => label.getBoundingClientRect());
      const toward = (low, high) => { // how far to scroll, along the axis with these two sides
        let first, last;
        for (const all of [[...rects, ...words], rects]) {
          [first, last] = [Math.min(...all.map(r => r[low])), Math.max(...all.map(r => r[high]))];
          if (last - first <= outer[high] - outer[low]) return (first + last - outer[low] - outer[high]) / 2;
        }
        return rects[0][low] === first ? first - outer[low] - 8 : last - outer[high] + 8;
      };
      this.outside.scrollTo({
        left: this.outside.scrollLeft + toward("left", "right"),
        top: this.outside.scrollTop + toward("top", "bottom"),
        behavior: calm || matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth",
      });
    }
  }

  // before returns the gradient of the node that receives a contribution, before it is added. Backward
  // begins with 0.
  const before = (frame, earlier) => earlier[frame.to] || ["0", "0"];

  return function mountStepper(root, data, {parts = {}, keys = root, order, at, moved} = {}) {
    const element = part => root.querySelector(`[data-part="${part}"]`);
    for (const [part, html] of Object.entries(parts)) if (element(part)) renew(element(part), html);
    root.classList.add("stepper");
    const picture = new Picture(element("picture"), data.nodes);
    const begin = data.backward.findIndex(frame => frame.sets); // the frame where Backward begins
    const lines = [...element("derivation")?.children || []].map(li => {
      const node = Number(li.dataset.node);
      const from = data.backward.findIndex(frame => frame.to === node);
      const text = li.textContent;
      return {li, node, from, text, later: text.slice(0, text.indexOf(" = ")) + " = …"};
    });
    const orders = [...root.querySelectorAll("button.order")];
    const stop = new AbortController();
    const listen = (target, event, action) => target.addEventListener(event, action, {signal: stop.signal});
    const stepper = {
      at: 0, order: "backward",
      get last() { return data[stepper.order].length - 1; },
      go, follow, dispose,
    };

    // gradients returns the gradients of the nodes as they are in the current frame, or in an earlier one.
    function gradients(back = 0) {
      const all = {};
      for (const frame of data[stepper.order].slice(0, stepper.at + 1 - back)) Object.assign(all, frame.sets);
      return all;
    }

    // showPicture shows the frame in the picture of the graph.
    function showPicture(frame) {
      const known = gradients();
      const computed = stepper.order === "naive" || stepper.at >= begin
        ? data.nodes.length - 1 : Math.max(frame.node, data.nodes.findIndex(node => !node.leaf) - 1);
      data.nodes.forEach((node, i) => {
        const {group: {classList}, data: number, grad} = picture.nodes[i];
        put(number, node.leaf || i <= computed ? node.data : null, "data");
        if (!node.const) put(grad, known[i], "grad");
        classList.toggle("from", i === frame.node);
        classList.toggle("to", i === frame.to);
        classList.toggle("wrong", i === frame.to && Boolean(frame.right));
        classList.toggle("nograd", !node.const && !known[i]);
      });
      picture.label(frame.edge, frame.edge >= 0 && `◀ ×${frame.numbers[0][0]}`);
    }

    // showCard shows the numbers of a step, if the frame is one.
    function showCard(frame) {
      element("card").classList.toggle("off", !frame.numbers);
      if (!frame.numbers) return;
      const [derivative, contribution] = frame.numbers;
      element("gradient-name").textContent = data.nodes[frame.node].d;
      element("sum-name").textContent = data.nodes[frame.to].d;
      element("formula").textContent = frame.formula || "";
      put(element("gradient"), gradients()[frame.node]);
      put(element("local"), derivative);
      put(element("contribution"), contribution);
      put(element("before"), before(frame, gradients(1)));
      put(element("added"), contribution);
      element("added").textContent = enclosed(contribution[0]);
      put(element("sum"), frame.sets[frame.to]);
    }

    // showDerivation shows the lines of the derivation as far as Backward has come.
    function showDerivation() {
      const last = stepper.order === "backward" ? stepper.at : data.backward.length - 1;
      const growing = {};
      for (const frame of data.backward.slice(0, last + 1)) growing[frame.to] = frame.line;
      for (const {li, node, from, text, later} of lines) {
        write(li, last < from ? later : growing[node] || text);
        li.classList.toggle("later", last < from);
        li.classList.toggle("now", stepper.order === "backward" && data.backward[stepper.at].to === node);
      }
    }

    // showRow marks the row of the step in its table.
    function showRow() {
      root.querySelectorAll("tr[aria-current]").forEach(row => row.removeAttribute("aria-current"));
      const {order, at} = stepper;
      element(`${order}-steps`)?.rows[order === "backward" ? at - begin - 1 : at - 1]
        ?.setAttribute("aria-current", "step");
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
        step: frame.step, from: data.nodes[frame.node].name, to: data.nodes[frame.to].name,
        gradient: minus(gradients()[frame.node]), contribution,
        sum: was ? `${minus(was)} + ${enclosed(contribution)} = ${sum}` : sum,
        local: (frame.formula ? `${frame.formula} = ` : "") + derivative,
      };
      return data.sentences[stepper.order].replace(/{(\w+)}/g, (_, word) => words[word]) + note;
    }

    // reveal scrolls the picture to the frame. At the start it is about nothing, and the next one is shown,
    // or, of a part of a large graph, the root.
    function reveal() {
      const start = stepper.at === 0;
      const next = data.backward[data.part ? begin : 1];
      const frame = start && stepper.order === "backward" ? next : data[stepper.order][stepper.at];
      picture.reveal(frame, start);
    }

    function go(to) {
      const at = stepper.at = Math.min(Math.max(to, 0), stepper.last);
      const frame = data[stepper.order][at], words = say(frame), [label] = words.split(":");
      element("player").classList.toggle("wrong", Boolean(frame.right));
      element("say").textContent = words;
      element("label").textContent = label;
      const slider = element("slider");
      slider.max = stepper.last;
      slider.value = at;
      slider.setAttribute("aria-valuetext", label);
      // The attribute is aria-disabled, since a button that is disabled would lose the focus.
      for (const part of ["first", "back"]) element(part).setAttribute("aria-disabled", at === 0);
      for (const part of ["next", "last"]) element(part).setAttribute("aria-disabled", at === stepper.last);
      showPicture(frame);
      showCard(frame);
      showDerivation();
      showRow();
      reveal();
      moved?.(stepper);
    }

    function follow(order, at = order === "backward" ? begin : 0) {
      stepper.order = order;
      for (const button of orders) button.setAttribute("aria-pressed", button.value === order);
      go(at);
    }

    function dispose() {
      stop.abort();
      sizes.disconnect();
    }

    const moves = {
      first: () => 0, back: () => stepper.at - 1, next: () => stepper.at + 1, last: () => stepper.last,
    };
    for (const [part, move] of Object.entries(moves)) listen(element(part), "click", () => go(move()));
    const byKey = {Home: "first", ArrowLeft: "back", ArrowRight: "next", End: "last"};
    listen(keys, "keydown", event => {
      if (event.altKey || event.ctrlKey || event.metaKey || !byKey[event.key]) return;
      if (event.target.closest("textarea, select, input:not([type=range]), [contenteditable]")) return;
      if (event.shiftKey) {
        event.target.closest(".scroll")?.scrollBy({left: {ArrowLeft: -100, ArrowRight: 100}[event.key] || 0});
        return;
      }
      event.preventDefault(); // the control that has the focus does not take the key
      go(moves[byKey[event.key]]());
    });
    element("where").textContent = keys === document ? ", anywhere on the page" : "";
    listen(element("slider"), "input", event => go(Number(event.target.value)));
    for (const button of orders) {
      listen(button, "click", () => button.value === stepper.order || follow(button.value));
    }
    const changes = {smaller: now => now / 1.25, larger: now => now * 1.25, fit: () => picture.room};
    for (const [part, change] of Object.entries(changes)) {
      listen(element(part), "click", () => {
        picture.scale(change);
        reveal();
      });
    }
    let width; // of root
    const sizes = new ResizeObserver(() => {
      if (root.clientWidth === width) return;
      const appears = !width;
      width = root.clientWidth;
      picture.resize();
      if (appears) go(stepper.at);
    });

    // What is printed is the state after Backward.
    let onScreen;
    listen(window, "beforeprint", () => {
      onScreen = {...stepper};
      follow("backward", Infinity);
    });
    listen(window, "afterprint", () => follow(onScreen.order, onScreen.at));

    element("player").hidden = false;
    element("zoom").hidden = false;
    picture.resize();
    width = root.clientWidth;
    sizes.observe(root);
    follow(order || "backward", at ?? 0);
    return stepper;
  };
})();
