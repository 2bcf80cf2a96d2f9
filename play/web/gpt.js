"use strict";
// The view of a GPT: the engine trains it a slice at a time, and says what it makes of a name.
{
// heatTable fills a place with a table of cells {text, exact, mark, shade}, in which one moves with the arrow keys.
// told is called with the row and the column that is pointed at or has the focus, also if the table is new.
function heatTable(place, caption, {columns, rows, colour, small, told}) {
  const focused = place.contains(document.activeElement), [row, column] = place.pointed || [0, 0];
  const cells = rows.map(({cells}, r) => cells.map((cell, c) => {
    const strength = Math.round(45 * Math.abs(cell.shade) ** (small ? 0.5 : 1)); // the text stays legible
    const tell = () => told(...place.pointed = [r, c]);
    return h("td", {
      tabindex: r === 0 && c === 0 ? 0 : -1, onfocus: tell, onpointerenter: tell,
      style: {background: `color-mix(in srgb, var(${colour(cell)}) ${strength}%, transparent)`},
    }, cell.mark);
  }));
  const move = event => {
    const steps = {ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0]}[event.key];
    if (!steps) return;
    const r = cells.findIndex(row => row.includes(event.target));
    const to = cells[r + steps[0]]?.[cells[r]?.indexOf(event.target) + steps[1]];
    if (!to) return;
    event.preventDefault();
    event.target.tabIndex = -1;
    to.tabIndex = 0;
    to.focus();
  };
  place.replaceChildren(h("table", {class: small ? "gpt-heat small" : "gpt-heat", onkeydown: move},
    h("caption", {}, caption),
    columns && h("thead", {}, h("tr", {}, h("td"), ...columns.map(name => h("th", {scope: "col"}, name)))),
    h("tbody", {}, ...rows.map(({name, last}, r) =>
      h("tr", {}, h("th", {scope: "row"}, name), ...cells[r], last && h("td", {class: "norm"}, last))))));
  if (!cells[row]?.[column]) delete place.pointed;
  else if (focused) cells[row][column].focus();
  else if (place.pointed) told(row, column);
}

// drawLosses draws losses by step, their means and a level.
function drawLosses(canvas, {losses, means, steps, level, at}) {
  const ratio = devicePixelRatio || 1, width = canvas.clientWidth, height = canvas.clientHeight;
  if (!width) return;
  [canvas.width, canvas.height] = [width * ratio, height * ratio];
  const c = canvas.getContext("2d"), css = getComputedStyle(canvas), colour = name => css.getPropertyValue(name);
  c.scale(ratio, ratio);
  c.font = `13px ${css.fontFamily}`;
  const sorted = [...losses].sort((a, b) => a - b);
  const top = Math.max(Math.ceil(Math.max(level, sorted[Math.floor(sorted.length * 0.99)] || 0) + 0.5), 4);
  const left = 28, right = 12, above = 10, below = 24;
  const x = step => left + (width - left - right) * step / steps;
  const y = loss => above + (height - above - below) * (1 - Math.min(loss, top) / top);
  c.fillStyle = colour("--faint");
  c.strokeStyle = colour("--rule");
  const every = Math.ceil(top / 6);
  for (let loss = 0; loss <= top; loss += every) {
    c.globalAlpha = loss === 0 ? 1 : 0.25;
    c.fillRect(left, y(loss), width - left - right, 1);
    c.globalAlpha = 1;
    c.fillText(loss, left - 8 - c.measureText(loss).width, y(loss) + 4);
  }
  for (const step of [0, steps / 2, steps]) {
    const text = many(Math.round(step)), wide = c.measureText(text).width;
    c.fillText(text, Math.min(x(step) - wide / 2, width - wide - 2), height - 6);
  }
  c.setLineDash([5, 4]);
  c.beginPath();
  c.moveTo(left, y(level));
  c.lineTo(width - right, y(level));
  c.stroke();
  c.setLineDash([]);
  c.globalAlpha = 0.5;
  const size = losses.length > 4000 ? 1 : 2, skip = Math.ceil(losses.length / 4000);
  losses.forEach((loss, i) => i % skip === 0 && c.fillRect(x(i + 1) - size / 2, y(loss) - size / 2, size, size));
  c.globalAlpha = 1;
  c.strokeStyle = colour("--to");
  c.lineWidth = 2.5;
  c.beginPath();
  means.forEach((mean, i) => c.lineTo(x(i + 1), y(mean)));
  c.stroke();
  if (!at || !losses[at - 1]) return;
  c.fillStyle = colour("--from");
  c.fillRect(x(at) - 0.5, above, 1, height - above - below);
  c.beginPath();
  c.arc(x(at), y(losses[at - 1]), 4, 0, 7);
  c.fill();
}

addView({
  id: "gpt", name: "GPT",
  defaults: {
    width: "", heads: "", layers: "", context: "", steps: "", batch: "", rate: "", seed: "",
    temperature: "", at: "", pace: "", name: "emma", layer: "1", head: "1", part: "", letter: "1",
  },
  mount(root, app) {
    const part = Object.fromEntries([...root.querySelectorAll("[data-part]")].map(e => [e.dataset.part, e]));
    const fresh = () => ({losses: [], means: [], progress: undefined});
    let stepper, showing, made = 20, running, stopped = true, key, data = fresh(), next = 0, wake = () => {};
    const settings = (state = app.state) => Object.fromEntries(
      ["width", "heads", "layers", "context", "steps", "batch", "rate", "seed"].map(name => [name, state[name]]));
    const asked = () => ({...settings(), temperature: app.state.temperature});
    const call = (name, args) => app.engine().call(`gpt.${name}`, args, {timeout: 20_000});
    const guarded = f => (...args) => Promise.resolve(f(...args)).catch(error => app.say(error.message, "bad"));

    // start makes a model before its first step.
    async function start() {
      await pause();
      const wanted = JSON.stringify(settings());
      const setup = await call("start", asked()).catch(async error => {
        if (!key) fields((await call("start", {})).fields); // so that one can mend what a link has wrong
        throw error;
      });
      [key, data, made] = [wanted, {...fresh(), level: Number(setup.alike.exact)}, 20];
      part.at.value = 1;
      part.about.textContent = setup.about;
      temperature(setup.temperature);
      fields(setup.fields);
      absorb(setup);
    }

    // temperature shows the temperature of the state, or the usual one.
    function temperature(usual = part.temperature.value) {
      part.temperature.value = app.state.temperature || usual;
      part.heat.textContent = part.temperature.value;
    }

    // fields makes the inputs of the settings, with what the state has for them or with what is usual.
    const fields = all => part.fields.replaceChildren(...all.map(({name, label, value, from, to, whole}) =>
      h("label", {}, whole ? `${label}, ${from} to ${many(to)}` : label, h("input", {
        type: whole ? "number" : "text", inputmode: whole ? "numeric" : "decimal", min: whole && from, max: whole && to,
        name, value: app.state[name] || value,
        onchange: guarded(async event => {
          app.say("");
          app.set({[name]: event.target.value, at: ""});
          await start();
          await look();
          root.querySelector(`[name=${name}]`).focus();
        }),
      }))));

    // absorb draws how far training is.
    function absorb(progress) {
      data.losses.push(...progress.losses);
      data.means.push(...progress.means);
      data.progress = progress;
      const {step, steps, last} = progress, follows = part.at.value === part.at.max;
      part.step.textContent = `Step ${many(step)} of ${many(steps)}`;
      [part.progress.max, part.progress.value] = [steps, step];
      part.window.textContent = last?.window || 100;
      part.at.max = Math.max(step, 1);
      part.at.disabled = step === 0;
      if (follows) part.at.value = step;
      part.rows.replaceChildren(...progress.rows.map(row => h("tr", {},
        h("th", {scope: "row"}, many(row.step)), h("td", {}, number(row.loss)), h("td", {}, number(row.mean)),
        h("td", {}, row.names.map(name => name || "(empty)").join(", ")))));
      if (follows && last) tell(last);
      else if (follows) part.loss.replaceChildren("Before the first step, all its numbers are random.");
      buttons();
      curve();
    }

    // tell says what there is to say about a step.
    const tell = ({step, name, loss, mean, window}) => part.loss.replaceChildren(
      `Step ${many(step)}, ${name}: loss `, number(loss),
      `; mean of ${window === 1 ? "it alone" : `the last ${window}`} `, number(mean), ".");

    const curve = () => drawLosses(part.curve, {
      ...data, steps: data.progress?.steps || 1, at: part.at.value === part.at.max ? 0 : Number(part.at.value)});

    function buttons() {
      const {step, steps} = data.progress || {step: 0, steps: 1};
      part.run.textContent = stopped ? (step === 0 ? "Train" : step < steps ? "Continue" : "Trained") : "Pause";
      for (const button of [part.run, part.one]) button.setAttribute("aria-disabled", stopped && step >= steps);
    }

    // keep keeps the step in the state: a link to it trains as far again.
    const keep = () => app.set({at: data.losses.length ? String(data.losses.length) : ""}, {undo: false});

    // train takes steps, up to a given one or as many as there are, until pause is called.
    function train({until = 0, most} = {}) {
      if (running) return running;
      stopped = false;
      buttons();
      running = (async () => {
        try {
          for (let more = true; more && !stopped;) {
            const pace = Number(app.state.pace), began = performance.now();
            const few = most || (until ? 0 : Math.ceil(pace / 10));
            const progress = await call("train", {...asked(), known: data.losses.length, until, most: few});
            absorb(progress);
            more = progress.more && !most;
            if (more && !stopped && !until && performance.now() > next) {
              keep();
              await look({live: true});
            }
            const rest = pace && !until ? few * 1000 / pace - (performance.now() - began) : 0;
            await (rest > 0 ? new Promise(done => setTimeout(wake = done, rest)) : new Promise(requestAnimationFrame));
          }
        } finally {
          [stopped, running] = [true, undefined];
          const {step, steps, last} = data.progress;
          keep();
          if (step === steps && !until) app.say("The training is done.");
          part.curve.setAttribute("aria-label", `Loss by step, up to step ${step} of ${steps}` +
            (last ? `; the mean of the last ${last.window} is ${last.mean.text}` : ""));
          buttons();
        }
      })();
      return running;
    }

    async function pause() {
      stopped = true;
      wake();
      await running?.catch(() => {});
    }

    // look asks what the model makes of the name, and for names that it makes up.
    const look = latest(async ({live} = {}) => {
      const began = performance.now();
      await names(live ? 6 : made);
      await read();
      next = performance.now() + Math.max(700, 3 * (performance.now() - began)); // training has the most time
    });

    async function names(count) {
      for (let more = true; more;) {
        const got = await call("sample", {...asked(), count});
        more = got.more;
        part.made.replaceChildren(...got.names.map(({text, old}) =>
          h("li", {class: old && "old"}, (text || "(empty)") + (old ? " ✓" : ""))));
        part.old.textContent = `After step ${many(got.step)}. ` +
          `${got.old} of ${got.names.length} are in the list that it learns from: ✓.`;
      }
    }

    async function read() {
      const {name, layer, head, letter} = app.state;
      let r;
      try {
        r = await call("read", {...settings(), name, layer, head});
        part.wrong.textContent = "";
      } catch (error) {
        part.wrong.textContent = error.message;
        return;
      }
      part.reading.replaceChildren(r.note + ` Its loss for ${r.name} is `, number(r.loss),
        `, the mean of the surprises below. The graph of it has ${many(r.nodes)} nodes; Backward runs through all.`);
      const most = Math.max(...r.letters.map(l => l.size), data.level);
      part.letters.replaceChildren(...r.letters.map(l => h("tr", {},
        h("td", {class: "gpt-token"}, l.before, h("strong", {}, l.letter)),
        h("td", {}, number(l.surprise), h("span", {class: "gpt-bar", style: {width: `${100 * l.size / most}%`}})),
        h("td", {}, number(l.probability)),
        h("td", {}, ...l.likely.flatMap(({letter, probability}, i) => [i ? " " : "", h("span", {class: "gpt-likely"},
          h("span", {class: "gpt-token"}, letter), " ", number(probability), i < 2 ? "," : "")])))));
      choices(part.layer, r.layers, layer);
      choices(part.head, r.heads, head);
      drawLooks(r);
      drawPulls(r);
      choices(part.letter, r.letters.length, letter);
      if (part.steps.open) await detail();
    }

    // detail shows a part of the graph, to step through.
    async function detail() {
      const {name, letter, part: of} = app.state;
      const {data, parts, fragment, about} = await call("part", {...settings(), name, letter, part: of});
      const same = showing === name + letter + of, at = same ? stepper.at : undefined;
      showing = name + letter + of;
      stepper?.dispose();
      part.stepper.innerHTML = fragment; // by the engine: no text of anyone else is in it
      stepper = mountStepper(part.stepper, data, {parts, at});
      part.what.textContent = about;
      part.which.hidden = of === "head";
    }

    // choices puts whole numbers from 1 into a list to choose from.
    function choices(select, count, value) {
      if (select.length !== count) {
        select.replaceChildren(...Array.from({length: count}, (_, i) => h("option", {}, String(i + 1))));
      }
      select.value = value;
    }

    function drawLooks({looks}) {
      part.looked.textContent = "";
      heatTable(part.looks, "Weights: from the letter of a row to that of a column", {
        columns: looks.map(look => look.letter), colour: () => "--to",
        rows: looks.map(({letter, weights}) => ({name: letter, cells: weights})),
        told: (r, c) => part.looked.replaceChildren(`From letter ${r + 1}, ${looks[r].letter}, ` +
          `to letter ${c + 1}, ${looks[c].letter}: weight `, number(looks[r].weights[c]), "."),
      });
    }

    function drawPulls({pulls, step}) {
      part.pulled.textContent = "";
      heatTable(part.pulls, `∂loss/∂embed after step ${many(step)}`, {
        small: true, colour: ({shade}) => shade > 0 ? "--from" : "--to",
        rows: pulls.map(({letter, cells, norm}) => ({name: letter, cells, last: number(norm)})),
        told: (r, c) => part.pulled.replaceChildren(
          `Number ${c + 1} of ${pulls[r].letter}: gradient `, number(pulls[r].cells[c]), "."),
      });
    }

    for (const [button, most] of [[part.run, undefined], [part.one, 1]]) {
      button.addEventListener("click", guarded(async () => {
        if (button.getAttribute("aria-disabled") === "true") return;
        const ran = !stopped;
        await pause();
        if (most || !ran) await train({most});
        await look();
      }));
    }
    part.reset.addEventListener("click", guarded(async () => {
      app.set({at: ""}, {undo: false});
      await start();
      await look();
    }));
    part.pace.addEventListener("change", () => app.set({pace: part.pace.value}));
    part.temperature.addEventListener("input", guarded(() => {
      app.set({temperature: part.temperature.value});
      part.heat.textContent = part.temperature.value;
      return look();
    }));
    part.again.addEventListener("click", guarded(() => {
      made += 20;
      return look();
    }));
    for (const name of ["name", "layer", "head", "letter", "part"]) {
      part[name].addEventListener("input", guarded(() => {
        app.set(name === "name" ? {name: part.name.value, letter: "1"} : {[name]: part[name].value});
        return look();
      }));
    }
    part.steps.addEventListener("toggle", guarded(() => {
      if (part.steps.open === Boolean(app.state.part)) return undefined;
      app.set({part: part.steps.open ? part.part.value : ""});
      return look();
    }));
    const tellAt = latest(async () => tell(await call("point", {...settings(), step: Number(part.at.value)})));
    part.at.addEventListener("input", guarded(() => {
      curve();
      return tellAt();
    }));
    part.curve.addEventListener("pointermove", guarded(event => {
      if (!data.losses.length) return;
      const step = Math.round((event.offsetX - 28) / (part.curve.clientWidth - 40) * data.progress.steps);
      part.at.value = step;
      curve();
      return tellAt();
    }));
    new ResizeObserver(curve).observe(part.curve);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", curve);

    return {
      async show(state) {
        part.pace.value = state.pace;
        temperature();
        if (part.name.value !== state.name) part.name.value = state.name;
        part.steps.open = Boolean(state.part);
        part.part.value = state.part || "loss";
        await pause();
        const at = Number(state.at) || 0;
        if (key !== JSON.stringify(settings(state)) || at < data.losses.length) await start();
        if (at > data.losses.length) await train({until: at});
        await look();
      },
      hide: pause,
      link: "The link to these settings, with which training begins anew,",
      goText: () => call("go", asked()),
      commandText: () => call("command", asked()),
    };
  },
});
}
