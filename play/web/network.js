"use strict";
// The Network view: it draws what the engine says of a network in training, and asks for more.
{
  const svg = (tag, attributes, text = "") => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.textContent = text;
    return made;
  };
  const arrows = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};
  const bytes = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  // mixer returns a function that writes the colour of a byte of the engine into pixels: from the colour of the
  // negative class over paper to that of the positive.
  function mixer() {
    const probe = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
    const style = getComputedStyle(document.documentElement);
    const rgb = name => {
      probe.fillStyle = style.getPropertyValue(name).trim();
      probe.fillRect(0, 0, 1, 1);
      return probe.getImageData(0, 0, 1, 1).data;
    };
    const [paper, from, to] = ["--paper", "--from", "--to"].map(rgb);
    return (pixels, at, byte) => {
      const share = Math.max(-1, Math.min(1, (byte - 128) / 127)), end = share < 0 ? from : to;
      const strength = 0.62 * Math.sqrt(Math.abs(share)); // steep at 0, where the boundary is, and without a gap
      for (let k = 0; k < 3; k++) pixels[at + k] = paper[k] + strength * (end[k] - paper[k]);
      pixels[at + 3] = 255;
    };
  }

  // paint fills a canvas with a square of bytes, which the browser blends from cell to cell.
  const small = document.createElement("canvas");
  function paint(canvas, values, cells, mix) {
    const image = new ImageData(cells, cells), pen = canvas.getContext("2d");
    values.forEach((byte, i) => mix(image.data, 4 * i, byte));
    if (canvas.width === cells) return pen.putImageData(image, 0, 0);
    small.width = small.height = cells;
    small.getContext("2d").putImageData(image, 0, 0);
    pen.imageSmoothingQuality = "high";
    pen.drawImage(small, 0, 0, canvas.width, canvas.width);
  }

  const settings = ["data", "n", "noise", "own", "hidden", "act", "out", "init", "bias", "loss", "opt", "momentum",
    "rate", "fall", "batch", "l2", "seed", "stop"];

  const nothing = Object.fromEntries(settings.map(name => [name, ""]));

  addView({
    id: "network", name: "Network", about: "A network that learns, with every gradient.",
    defaults: nothing, // the engine has the defaults
    mount(root, app) {
      const part = name => root.querySelector(`[data-net="${name}"]`);
      const form = part("settings"), picture = part("picture"), drawing = part("drawing"), edges = part("edges");
      let net, last, stream, timer, shownKey, units = [], lines = [], byGrads = false, maps = true, watched;
      let cross = {x: 0.5, y: 0.5, on: false}, sample, stepper, options, mix = mixer();
      let pace, healthTime = 0, curveTime = 0; // when they were measured and drawn

      const call = (name, args, timeout = 60_000) => app.engine().call(`network.${name}`, args, {timeout});
      const tried = action => async (...args) => {
        try {
          return await action(...args);
        } catch (error) {
          pause();
          app.say(error.message, "bad");
        }
      };

      // Settings.

      async function begin(state) {
        pause();
        const key = shownKey = JSON.stringify(state);
        options ??= await call("options", {}).then(showOptions);
        let refused;
        try {
          net = await call("start", state);
        } catch (error) {
          if (net) throw error; // the network that is there stays
          refused = error;
          net = await call("start", {});
        }
        last = net.first;
        sample = pace = undefined;
        if (!(watched?.neuron <= net.layers[watched?.layer]?.shown)) watched = undefined;
        showSettings();
        layOut();
        draw(last);
        await watch();
        await look();
        if (!refused || key !== shownKey) return; // what was asked for since has its own answer
        for (const [name, value] of Object.entries(state)) {
          if (value && form.elements[name]) form.elements[name].value = value;
        }
        throw refused;
      }

      function showOptions(all) {
        for (const [name, choices] of Object.entries(all.choices)) {
          form.elements[name].append(...choices.map(({value, text}) => h("option", {value}, text)));
        }
        part("preset").append(...all.presets.map(({name}, i) => h("option", {value: i}, name)));
        return all;
      }

      // showSettings shows the settings as the engine has taken them.
      function showSettings() {
        for (const [name, value] of Object.entries(net.settings)) {
          const field = form.elements[name];
          if (!field) continue;
          if (field.options && ![...field.options].some(option => option.value === value)) {
            field.append(h("option", {value}, value));
          }
          field.value = value;
        }
        form.elements.n.disabled = form.elements.noise.disabled = net.settings.data === "own";
        form.elements.momentum.disabled = net.settings.opt !== "SGD";
        part("has-total").hidden = Number(net.settings.l2) === 0 || net.settings.opt === "AdamW";
        part("l2-name").textContent = net.settings.opt === "AdamW" ? "Weight decay" : "L2 term";
        part("pace").textContent = "–";
        const at = options.presets.findIndex(({settings: of}) =>
          settings.every(name => !of[name] || of[name] === net.settings[name]) &&
          settings.every(name => (app.state[name] || "") === (of[name] || "") || of[name] === net.settings[name]));
        part("preset").value = at < 0 ? "" : at;
        part("see").textContent = at < 0 ? "" : options.presets[at].see;
      }

      // change sets settings, and starts again; if training was running, it goes on.
      const change = tried(async what => {
        const running = Boolean(stream || timer);
        app.set(what);
        app.say("");
        await begin(app.state);
        if (running) run();
      });

      // Training.

      function pause() {
        stream?.stop();
        clearTimeout(timer);
        stream = timer = undefined;
        part("run").textContent = "Run";
      }

      function run() {
        if (!net || stream || timer) return;
        app.say("");
        part("run").textContent = "Pause";
        pace = {begin: performance.now(), epoch: last.epoch};
        const speed = Number(part("speed").value);
        if (speed === 0) {
          const limit = {millis: calm.matches ? 400 : 40};
          const own = stream = app.engine().stream("network.train", limit, snapshot => {
            if (stream === own) draw(snapshot);
          });
          own.done.then(() => stream === own && ended(), error => stream === own && ended(error));
          return;
        }
        const beat = async () => {
          const mine = timer;
          try {
            const snapshot = await call("train", {epochs: 1});
            if (timer !== mine) return;
            draw(snapshot);
            if (!snapshot.more) return ended();
            timer = setTimeout(beat, 1000 / speed);
          } catch (error) {
            ended(error);
          }
        };
        timer = setTimeout(beat, 0);
      }

      function ended(error) {
        pause();
        if (error) app.say(error.message, "bad");
        else settle();
      }

      // settle shows where training has come to: the engine is a snapshot ahead of the page.
      const settle = tried(async () => {
        if (!last.failed) await watch();
        await look();
      });

      const toggle = () => {
        if (!stream && !timer) return run();
        pause();
        settle();
      };
      const once = limit => tried(async () => {
        pause();
        if (!net) return;
        draw(await call("train", limit));
        await look();
      });

      // look asks for the health of the network, and shows it.
      const look = async () => {
        healthTime = performance.now();
        if (last.failed) return;
        const {condition, meaning, diagnosis, cures, table} = await call("health", {});
        const text = `${condition[0].toUpperCase()}${condition.slice(1)}: ${diagnosis}.`;
        for (const [name, says] of [["meaning", meaning], ["health", text]]) {
          part(name).setAttribute("aria-live", stream || timer ? "off" : "polite");
          if (part(name).textContent !== says) part(name).textContent = says;
        }
        part("table").textContent = table;
        showCures(cures);
        picture.setAttribute("aria-label",
          `The plane, ${part("axes").textContent}. ${last.right} points are on their side of the boundary.`);
      };

      function showCures(cures) {
        const shown = JSON.stringify(cures || []);
        if (part("cures").dataset.shown === shown) return; // a button keeps the focus
        part("cures").dataset.shown = shown;
        part("cures").replaceChildren(...(cures || []).map(({text, set}) =>
          h("button", {type: "button", onclick: () => change(set)}, text)));
      }

      // Drawing.

      function draw(snapshot) {
        last = snapshot;
        part("progress").textContent = snapshot.progress;
        part("loss").replaceChildren(number(snapshot.loss));
        part("total").replaceChildren(number(snapshot.total));
        part("right").textContent = snapshot.right;
        const now = performance.now();
        if (pace && now - pace.begin > 500) {
          part("pace").textContent = many(Math.round(1000 * (snapshot.epoch - pace.epoch) / (now - pace.begin)));
          if (now - pace.begin > 3000) pace = {begin: now, epoch: snapshot.epoch};
        }
        drawPicture();
        drawEdges();
        if (!stream || now - curveTime > 200) drawCurve(snapshot.curve);
        net.layers.slice(1).forEach((_, i) => {
          const norm = drawing.querySelector(`[data-norm="${i + 1}"]`);
          norm.textContent = snapshot.norms[i].text;
          norm.title = snapshot.norms[i].exact;
        });
        units.filter(({canvas}) => canvas).forEach(({canvas}, i) => {
          canvas.hidden = !snapshot.maps;
          if (snapshot.maps) paint(canvas, bytes(snapshot.maps[i]), net.mapCells, mix);
        });
        showNeuron(snapshot.neuron);
        part("failed").hidden = !snapshot.failed;
        if (snapshot.failed) {
          part("failed").textContent = snapshot.failed;
          part("health").textContent = part("meaning").textContent = "";
          showCures(snapshot.cures);
        }
        if ((stream || timer) && now - healthTime > 3000) tried(look)();
      }

      function drawPicture() {
        paint(picture, bytes(last.field), net.cells, mix);
        const pen = picture.getContext("2d"), {width} = picture, size = net.points.length > 400 ? 3 : 5;
        const style = getComputedStyle(root), ink = name => style.getPropertyValue(name);
        pen.lineWidth = 1;
        pen.strokeStyle = ink("--paper");
        net.points.forEach(({x, y, positive}, i) => {
          pen.beginPath();
          if (positive) pen.arc(x * width, y * width, size, 0, 7);
          else pen.rect(x * width - size + 0.5, y * width - size + 0.5, 2 * size - 1, 2 * size - 1);
          pen.fillStyle = ink(positive ? "--to" : "--from");
          pen.fill();
          pen.stroke();
          if (i !== sample) return;
          pen.strokeStyle = ink("--ink");
          pen.lineWidth = 3;
          pen.beginPath();
          pen.arc(x * width, y * width, 11, 0, 7);
          pen.stroke();
          [pen.strokeStyle, pen.lineWidth] = [ink("--paper"), 1];
        });
        if (!cross.on) return;
        pen.strokeStyle = ink("--ink");
        pen.lineWidth = 2;
        pen.beginPath();
        for (const [dx, dy] of [[12, 0], [0, 12]]) {
          pen.moveTo(cross.x * width - dx, cross.y * width - dy);
          pen.lineTo(cross.x * width + dx, cross.y * width + dy);
        }
        pen.stroke();
      }

      function drawCurve({x, y, xticks, yticks}) {
        curveTime = performance.now();
        const [left, top, width, height] = [48, 8, 330, 156], bottom = top + height;
        const across = share => left + share * width, up = share => bottom - share * height;
        part("curve").replaceChildren(
          ...yticks.flatMap(({at, text}) => [
            svg("line", {x1: left, x2: left + width, y1: up(at), y2: up(at)}),
            svg("text", {x: left - 6, y: up(at) + 4, "text-anchor": "end"}, text),
          ]),
          ...xticks.map(({at, text}) =>
            svg("text", {x: across(at), y: bottom + 16, "text-anchor": "middle"}, text)),
          svg("text", {x: across(0.5), y: bottom + 30, "text-anchor": "middle"}, "epoch"),
          svg("polyline", {points: x.map((at, k) => `${across(at).toFixed(1)},${up(y[k]).toFixed(1)}`).join(" ")}));
      }

      // layOut makes the neurons, in columns.
      function layOut() {
        const columns = net.layers.length, column = Math.max(58, drawing.parentElement.clientWidth / columns);
        const size = 44, most = Math.max(...net.layers.map(layer => layer.shown));
        const width = column * columns, height = most * (size + 8), scale = devicePixelRatio || 1;
        units = net.layers.flatMap((layer, l) => Array.from({length: layer.shown}, (_, k) => {
          const unit = {l, k, x: (l + 0.5) * column, y: (k + 0.5) * height / layer.shown};
          return Object.assign(unit, neuronOf(unit, size, l === columns - 1));
        }));
        lines = units.flatMap(to => units.filter(from => from.l === to.l - 1).map(from => ({from, to})));
        drawing.replaceChildren(edges, ...units.map(unit => unit.button),
          ...net.layers.map((layer, l) => captionOf(layer, l, column, height + 4)));
        Object.assign(drawing.style, {height: `${height + 104}px`, width: `${width}px`});
        [edges.width, edges.height] = [width * scale, height * scale];
        Object.assign(edges.style, {width: `${width}px`, height: `${height}px`});
        part("name").textContent =
          `${net.name}: ${many(net.params)} weights and biases. Below each layer: its kind, and ‖∂L/∂W‖ = √Σ(∂L/∂w)² ` +
          "over its weights and biases: where it is small, a step changes little.";
        const [left, right, bottom, top] = net.axes;
        part("axes").textContent = `x1 from ${left} to ${right}, to the right, x2 from ${bottom} to ${top}, upwards`;
      }

      // neuronOf makes the button of a neuron, with a picture if it is hidden, or the box of an input.
      function neuronOf(unit, size, isOutput) {
        const {l, k, x, y} = unit;
        const style = {width: `${size}px`, height: `${size}px`, left: `${x - size / 2}px`, top: `${y - size / 2}px`};
        if (l === 0) {
          Object.assign(style, {display: "grid", placeItems: "center"});
          return {button: h("span", {class: "net-unit", style}, `x${k + 1}`)};
        }
        const {mapCells: width} = net;
        const canvas = isOutput ? undefined : h("canvas", {width, height: width, "aria-hidden": "true"});
        return {canvas, button: h("button", {
          type: "button", class: "net-unit", style, tabindex: l === 1 && k === 0 ? 0 : -1, "aria-pressed": "false",
          "aria-label": isOutput ? "the output neuron" : `layer ${l}, neuron ${k + 1}`,
          onclick: () => choose(unit), onfocus: () => choose(unit), onmouseenter: () => choose(unit),
          onkeydown: event => move(event, unit),
        }, canvas || "y")};
      }

      // captionOf makes what stands below a layer.
      function captionOf(layer, l, column, top) {
        const hidden = l > 0 && l < net.layers.length - 1;
        const style = {left: `${l * column}px`, width: `${column}px`, top: `${top}px`};
        return h("div", {class: "net-caption", style},
          hidden ? h("input", {
            type: "number", min: 1, max: 1000, value: layer.units, "aria-label": `Units of layer ${l}`,
            onchange: event => resize(l - 1, event.target.value),
          }) : `${layer.units} `,
          layer.name, layer.units > layer.shown ? `, ${layer.shown} shown` : "",
          l > 0 ? h("strong", {"data-norm": l}) : "");
      }

      function drawEdges() {
        const pen = edges.getContext("2d"), scale = devicePixelRatio || 1;
        const levels = bytes(byGrads ? last.grads : last.weights);
        const style = getComputedStyle(root);
        pen.setTransform(scale, 0, 0, scale, 0, 0);
        pen.clearRect(0, 0, edges.width, edges.height);
        lines.forEach(({from, to, now}, i) => {
          const level = levels[i] - 128, size = Math.abs(level);
          const colour = level > 0 ? "--to" : level < 0 ? "--from" : "--rule";
          pen.strokeStyle = style.getPropertyValue(now ? "--ink" : colour);
          pen.lineWidth = size === 0 ? 1 : 0.4 + 0.45 * size + (now ? 1 : 0);
          pen.setLineDash(level > 0 ? [] : level < 0 ? [6, 4] : [1, 5]);
          pen.beginPath();
          pen.moveTo(from.x, from.y);
          pen.lineTo(to.x, to.y);
          pen.stroke();
        });
        part("scale").textContent = "The thicker, the larger is " +
          (byGrads ? "∂L/∂w, on a logarithmic scale." : "the weight.");
      }

      // resize changes the units of a hidden layer, or takes a layer away, or adds one.
      function resize(layer, units) {
        const all = net.layers.slice(1, -1).map(layer => String(layer.units));
        if (units === undefined) all.splice(layer, 1);
        else all[layer] = units;
        change({hidden: all.join(" ") || "0"});
      }

      // Neurons.

      const watch = latest(tried(async () => {
        if (net) draw(await call("watch", {layer: watched?.layer || 0, neuron: watched?.neuron || 0, maps}));
      }));

      function choose(unit, input) {
        for (const other of units) if (other.l > 0) other.button.setAttribute("aria-pressed", other === unit);
        for (const line of lines) line.now = line.to === unit && line.from.k === input;
        watched = {layer: unit.l, neuron: unit.k + 1, input};
        watch();
      }

      // move goes to another neuron with the arrow keys.
      function move(event, {l, k}) {
        const [dl, dk] = arrows[event.key] || [];
        if (dl === undefined) return;
        event.preventDefault();
        const column = units.filter(unit => unit.l === l + dl && unit.l > 0);
        const next = column[Math.max(0, Math.min(column.length - 1, k + dk))];
        if (!next) return;
        for (const unit of units) if (unit.l > 0) unit.button.tabIndex = unit === next ? 0 : -1;
        next.button.focus();
      }

      function showNeuron(neuron) {
        if (!neuron) return;
        const cell = x => h("td", {}, number(x)), head = text => h("th", {scope: "col"}, text);
        const rows = neuron.rows.map(({name, data, grad}, i) =>
          h("tr", {class: watched?.input === i && "now"}, h("th", {scope: "row"}, name), cell(data), cell(grad)));
        part("neuron").replaceChildren(
          h("table", {}, h("caption", {}, neuron.name),
            h("thead", {}, h("tr", {}, head(""), head("number"), head("its ∂L/∂…"))), h("tbody", {}, ...rows)),
          neuron.left > 0 ? h("p", {class: "hint"}, `and ${neuron.left} more weights`) : "");
      }

      const point = event => {
        if (!net || event.target.closest("button")) return;
        const box = edges.getBoundingClientRect(), x = event.clientX - box.x, y = event.clientY - box.y;
        let best, least = 7;
        for (const line of lines) {
          const {from, to} = line, dx = to.x - from.x, dy = to.y - from.y;
          const along = ((x - from.x) * dx + (y - from.y) * dy) / (dx * dx + dy * dy);
          const share = Math.max(0, Math.min(1, along));
          const distance = Math.hypot(from.x + share * dx - x, from.y + share * dy - y);
          if (distance < least) [best, least] = [line, distance];
        }
        if (best && !best.now) choose(best.to, best.from.k);
      };
      drawing.addEventListener("pointermove", point);
      drawing.addEventListener("pointerdown", point);

      // Points.

      const click = tried(async () => {
        const kind = root.querySelector("[name=net-click]:checked").value;
        const what = {"+": {do: "add", positive: true}, "-": {do: "add"}}[kind] || {do: kind};
        const {own, row, text} = await call("points", {...what, x: cross.x, y: cross.y});
        if (kind !== "find") return change({data: "own", own});
        part("sample").textContent = text;
        await stepInto(row);
      });

      // stepInto shows the graph of the loss of a point, in the stepper.
      const stepInto = tried(async row => {
        pause();
        sample = row;
        drawPicture();
        const graph = await call("graph", {row});
        const place = part("stepper");
        stepper?.dispose();
        place.innerHTML = graph.markup;
        stepper = mountStepper(place, graph.data, {parts: graph.parts});
        part("sample").textContent = graph.name;
        place.scrollIntoView({block: "nearest", behavior: calm.matches ? "auto" : "smooth"});
      });

      picture.addEventListener("click", event => {
        const box = picture.getBoundingClientRect();
        cross = {x: (event.clientX - box.x) / box.width, y: (event.clientY - box.y) / box.height, on: false};
        click();
      });
      picture.addEventListener("keydown", event => {
        const [dx, dy] = arrows[event.key] || [];
        if (!net) {
          return;
        } else if (dx !== undefined) {
          const to = (x, d) => Math.max(0.01, Math.min(0.99, x + d * (event.shiftKey ? 0.1 : 0.02)));
          cross = {x: to(cross.x, dx), y: to(cross.y, dy), on: true};
          drawPicture();
        } else if (event.key === "Enter") {
          click();
        } else {
          return;
        }
        event.preventDefault();
      });
      picture.addEventListener("blur", () => {
        cross.on = false;
        if (net) drawPicture();
      });

      // Controls.

      const on = (name, event, action) => part(name).addEventListener(event, action);
      on("run", "click", toggle);
      on("step", "click", once({steps: 1}));
      on("epoch", "click", once({epochs: 1}));
      on("reset", "click", tried(() => begin(app.state)));
      on("speed", "change", () => {
        if (!stream && !timer) return;
        pause();
        run();
      });
      on("preset", "change", event => {
        const preset = options.presets[event.target.value];
        change({...nothing, ...preset?.settings});
      });
      form.addEventListener("change", ({target: {name, value}}) => name && change({[name]: value.trim()}));
      form.addEventListener("submit", event => event.preventDefault());
      on("read", "click", tried(async () => {
        const {own, text} = await call("points", {do: "read", text: part("csv").value});
        await change({data: "own", own});
        app.say(`${text} are read.`);
      }));
      on("worst", "click", () => stepInto(sample ?? 0));
      for (const [name, grads] of [["by-weights", false], ["by-grads", true]]) {
        on(name, "click", () => {
          byGrads = grads;
          part("by-weights").setAttribute("aria-pressed", !grads);
          part("by-grads").setAttribute("aria-pressed", grads);
          drawEdges();
        });
      }
      on("maps", "click", () => {
        maps = !maps;
        part("maps").setAttribute("aria-pressed", maps);
        watch();
      });
      on("more-layers", "click", () =>
        net && resize(net.layers.length - 2, String(Math.max(4, net.layers.at(-2).units))));
      on("fewer-layers", "click", () => net && net.layers.length > 2 && resize(net.layers.length - 3));
      document.addEventListener("keydown", event => {
        if (event.key !== " " || root.hidden || !event.target.matches("body, main, section")) return;
        event.preventDefault();
        toggle();
      });
      let drawnWidth = innerWidth, stale = false; // the view was hidden when it should have been drawn again
      const redraw = () => {
        stale = root.hidden;
        if (!net || stale) return;
        drawnWidth = innerWidth;
        mix = mixer();
        layOut();
        draw(last);
      };
      // A keyboard on the screen changes the height alone: the field that has the focus stays.
      addEventListener("resize", () => innerWidth !== drawnWidth && redraw());
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);

      return {
        async show(state) {
          if (JSON.stringify(state) !== shownKey) await begin(state);
          else if (stale) redraw();
        },
        hide: pause,
        link: "The link to these settings, with which training begins anew,",
        goText: () => call("go", {}),
        commandText: () => call("command", {}),
      };
    },
  });
}
