// The Formula view: a text with formulas, a control for each of its numbers, and what the engine says of it.
addView({
  id: "formula", name: "Formula", about: "Formulas, their gradients, and how they come about",
  // f is the text, of and by are what is derived by what; order and at are the place of the stepper, "" for the end
  // of Backward; second has the two names of a second derivative.
  defaults: {
    f: "input x = 1, t = 0\nW1 = 0.5; b1 = 0\nW2 = -1; b2 = 0\nz = W1·x + b1\na = σ(z)\ny = W2·a + b2\nL = ½(y − t)²\n",
    of: "", by: "", order: "", at: "", second: "",
  },
  mount(root, app) {
    const part = name => root.querySelector(`#formula-${name}`);
    const text = part("text");
    const controls = new Map(); // by name
    let shown, stepper, held, changed, examples = [], drawing = false;

    // question is what the engine is asked about a state.
    const question = ({f, of, by}) => ({f, of, by});

    // fit gives the text as many lines as it has, within limits.
    const fit = () => text.rows = Math.min(Math.max(text.value.split("\n").length, 4), 18);

    // nameExample says which example the text is, if it is one.
    function nameExample() {
      const i = examples.findIndex(e => e.f === text.value);
      part("example").value = i < 0 ? "" : i;
      part("about").textContent = i < 0 ? "" : examples[i].about;
    }

    // note makes the element of a note of the engine, with the line and a caret below the place.
    function note(n, bad) {
      const element = h("div", {class: `formula-note${bad ? " bad" : ""}`});
      if (n.line > 0) {
        const indent = [...n.text].slice(0, n.before).map(c => c === "\t" ? c : " ").join("");
        element.append(h("pre", {"aria-hidden": "true"}, n.text, "\n", indent, h("b", {}, "^")));
        element.append(h("p", {}, h("button", {type: "button", onclick: () => goTo(n)},
          `Line ${n.line}, column ${n.column}`), " ", n.message));
      } else {
        element.append(h("p", {}, n.message));
      }
      return element;
    }

    // goTo puts the cursor at the place of a note.
    function goTo({line, column}) {
      const lines = text.value.split("\n");
      const before = lines.slice(0, line - 1).reduce((sum, l) => sum + l.length + 1, 0);
      const at = before + [...lines[line - 1] || ""].slice(0, column - 1).join("").length;
      text.focus();
      text.setSelectionRange(at, Math.min(at + 1, text.value.length));
    }

    // options fills a select.
    function options(select, values, chosen) {
      renew(select, h("select", {}, ...values.map(([value, label]) => h("option", {value}, label))));
      select.value = chosen;
    }

    // addControl makes the control of a number.
    function addControl(name) {
      const id = `formula-number-${controls.size}`;
      const field = h("input", {id, inputmode: "text", autocomplete: "off", spellcheck: "false"});
      const slider = h("input", {type: "range", "aria-label": `${name}, slider`});
      const gradient = h("span", {}), kind = h("small", {});
      field.addEventListener("change", () => change(name, field.value));
      slider.addEventListener("input", () => change(name, slider.value));
      slider.addEventListener("pointerdown", () => held = slider);
      for (const end of ["pointerup", "pointercancel"]) slider.addEventListener(end, () => held = undefined);
      const row = h("div", {class: "formula-control"},
        h("label", {for: id}, name, kind), field, gradient, slider);
      controls.set(name, {row, field, slider, gradient, kind});
      part("controls").append(row);
    }

    // reach sets what a slider reaches. While a person moves it, it stays, unless its end is reached.
    function reach(slider, c) {
      const moves = slider === held || slider === document.activeElement && !drawing;
      if (moves && (slider === held || Math.abs(slider.value) < Number(slider.max))) return;
      slider.min = c.min;
      slider.max = c.max;
      slider.step = c.step;
      slider.value = c.value.exact;
    }

    // meaning says in words what a derivative means: that of the number that was changed last, or of the first.
    function meaning() {
      const all = shown.controls.filter(c => c.gradient && Number.isFinite(Number(c.gradient.exact)));
      const c = all.find(c => c.name === changed) || all.find(c => c.kind === "parameter") || all[0];
      if (!c) return "";
      const {text} = c.gradient, slope = Number(c.gradient.exact);
      const follows = slope === 0 ? `${shown.of} stays nearly as it is`
        : `${shown.of} ${slope > 0 ? "grows" : "falls"} by about ${text.replace(/^[-−]/, "")} times as much`;
      return `d${shown.of}/d${c.name} = ${text} means: if ${c.name} grows by very little, ${follows}.`;
    }

    function drawControls() {
      const names = shown.controls.map(c => c.name);
      if (names.join("\n") !== [...controls.keys()].join("\n")) {
        controls.clear();
        part("controls").replaceChildren();
        names.forEach(addControl);
      }
      for (const c of shown.controls) {
        const {field, slider, gradient, kind} = controls.get(c.name);
        if (document.activeElement !== field || drawing) field.value = c.value.exact;
        reach(slider, c);
        slider.setAttribute("aria-valuetext", c.value.text);
        kind.textContent = c.guessed ? "assumed" : c.kind === "parameter" ? "" : c.kind;
        renew(gradient, h("span", {}, ...c.gradient ? [`d${shown.of}/d${c.name} = `, number(c.gradient)] : []));
      }
      part("meaning").textContent = meaning();
    }

    // draw shows the answer of the engine.
    function draw(answer) {
      const faults = answer.faults || [];
      text.setAttribute("aria-invalid", faults.length > 0);
      part("notes").replaceChildren(
        ...faults.map(n => note(n, true)), ...(answer.notes || []).map(n => note(n, false)));
      for (const old of [part("results"), part("controls"), part("stepper")]) {
        old.classList.toggle("formula-stale", faults.length > 0);
      }
      if (faults.length > 0) {
        if (shown) part("notes").append(h("p", {class: "hint"}, "Numbers and graph, with a dashed border, are from before."));
        return;
      }
      shown = answer;
      const named = (shown.results || []).map(name => [name, name]);
      options(part("of"), named, shown.of);
      const all = (shown.bys || []).join(",");
      const bys = [["", "the parameters"], [all, "all that have a name"], ...(shown.bys || []).map(name => [name, name])];
      if (!bys.some(([value]) => value === app.state.by)) bys.push([app.state.by, app.state.by]);
      options(part("by"), bys, app.state.by);
      part("value").replaceChildren(`${shown.of} = `, number(shown.value));
      part("trouble").textContent = shown.trouble;
      part("trouble").hidden = !shown.trouble;
      renew(part("computation"), shown.computation); // the engine writes names as text
      renew(part("derivation"), shown.derivation);
      part("left").textContent = shown.left;
      drawControls();
      drawStepper();
      renew(part("rows"), h("table", {},
        h("thead", {}, h("tr", {}, ...["name", "kind", "value", `d${shown.of}/d…`].map(t => h("th", {scope: "col"}, t)))),
        h("tbody", {}, ...shown.rows.map(r => h("tr", {}, h("th", {scope: "row"}, r.name),
          h("td", {}, r.kind), h("td", {}, r.value.exact), h("td", {}, r.gradient ? r.gradient.exact : "–"))))));
    }

    // drawStepper mounts the stepper for the present graph, at the step that was shown if there is one.
    function drawStepper() {
      stepper?.dispose();
      stepper = undefined;
      const {order, at} = app.state;
      const now = order === "naive" ? "naive" : "backward";
      stepper = mountStepper(part("stepper"), shown.stepper, {
        parts: shown.parts, order: now, at: at === "" ? Infinity : Number(at) || 0,
        moved: s => { // called by the first drawing, too
          if (!stepper) return;
          const end = s.order === "backward" && s.at === s.last;
          app.set({order: s.order === "naive" ? "naive" : "", at: end ? "" : String(s.at)}, {undo: false});
        },
      });
    }

    // drawSecond shows the second derivatives, if the reader wants to see them.
    async function drawSecond(state) {
      const box = part("second");
      if (state.second !== "") box.open = true;
      if (!box.open || !shown) return;
      const [first = "", then = ""] = state.second.split(",");
      const matrix = part("matrix"), where = part("second-derivation");
      try {
        const s = await app.engine().call("formula.second", {...question(state), first, then});
        matrix.replaceChildren(
          h("thead", {}, h("tr", {}, h("td", {}), ...s.names.map(name => h("th", {scope: "col"}, name)))),
          h("tbody", {}, ...s.matrix.map((row, i) => h("tr", {}, h("th", {scope: "row"}, s.names[i]),
            ...row.map((x, j) => h("td", {}, h("button", {
              type: "button", title: x.exact, "aria-pressed": s.first === s.names[i] && s.then === s.names[j],
              "aria-label": `by ${s.names[i]} and ${s.names[j]}: ${x.text}`,
              onclick: () => choose({second: `${s.names[i]},${s.names[j]}`}, [i, j]),
            }, x.text)))))));
        part("second-left").textContent = s.left;
        renew(where, s.slope + s.derivation);
        if (s.note) where.append(h("p", {}, s.note));
      } catch (error) {
        matrix.replaceChildren();
        part("second-left").textContent = "";
        where.replaceChildren(h("p", {}, error.message));
      }
    }

    // update asks the engine about the present state, or about one with another number, and draws the answer.
    const update = latest(async (name = "", to = "") => {
      const f = text.value; // the state has no room for a text that is too long
      const answer = await app.engine().call("formula.show", {...question(app.state), f, name, to});
      if (name && answer.f !== f && text.value === f) { // what was typed meanwhile stays
        app.set({f: answer.f});
        text.value = answer.f;
        nameExample();
      }
      fit();
      draw(answer);
      if (!answer.faults) await drawSecond(app.state);
    });

    const ask = (...args) => update(...args).catch(error => app.say(error.message, "bad"));

    // change gives a number another value.
    function change(name, to) {
      changed = name;
      app.say("");
      ask(name, to);
    }

    // choose changes the state by a choice of the reader. at is a cell of the matrix that keeps the focus.
    async function choose(changes, at) {
      app.set(changes);
      await ask();
      if (at) part("matrix").querySelectorAll("tbody tr")[at[0]]?.querySelectorAll("button")[at[1]]?.focus();
    }

    text.addEventListener("input", () => {
      app.say("");
      changed = undefined;
      nameExample();
      app.set({f: text.value});
      ask();
    });
    part("of").addEventListener("change", () => choose({of: part("of").value, by: "", order: "", at: "", second: ""}));
    part("by").addEventListener("change", () => choose({by: part("by").value, second: ""}));
    part("second").addEventListener("toggle", () => drawSecond(app.state));
    part("example").addEventListener("change", () => {
      const e = examples[Number(part("example").value)];
      if (!e) return;
      text.value = e.f;
      nameExample();
      part("second").open = false;
      choose({f: e.f, of: "", by: "", order: "", at: "", second: ""});
    });

    // The view has its own derivation and table of numbers.
    for (const own of ["derivation", "numbers"]) root.querySelector(`[data-part=${own}]`).closest("section").remove();
    const why = root.querySelector("[data-part=verdict]").closest("section");
    why.querySelector("h2").remove();
    part("stepper").append(h("details", {}, h("summary", {}, "The naive recursion, beside Backward"), why));
    app.engine().call("formula.examples").then(all => {
      examples = all;
      part("example").append(...all.map((e, i) => h("option", {value: i}, e.name)));
      nameExample();
    }, () => {});

    return {
      async show(state) {
        if (text.value !== state.f) text.value = state.f;
        nameExample();
        drawing = true;
        try {
          await update();
        } finally {
          drawing = false;
        }
      },
      goText: async () => (await app.engine().call("formula.go", question(app.state))).text,
      commandText: async () => (await app.engine().call("formula.command", question(app.state))).text,
    };
  },
});
