addView({
  id: "check", name: "Check",
  about: "Write your own derivatives, and see which are right and where a mistake stands.",
  defaults: {
    f: "input x = 1.5, t = 0.5\nW1 = 0.5; b1 = -0.2\nW2 = -1.2; b2 = 0.1\nz = W1·x + b1\na = σ(z)\ny = W2·a + b2\nL = ½(y − t)²",
    d: "dL/dy = \ndL/dW2 = \ndL/da = \nda/dz = \ndL/dW1 = ",
    task: "",
  },
  mount(root, app) {
    const part = name => root.querySelector(`[data-part=${name}]`);
    const formulas = root.querySelector("#check-f"), ready = root.querySelector("#check-ready");
    const task = root.querySelector("#check-task");
    const lines = part("lines");
    let exercises = [], slip = 0, checked, picture, labels, focused = -1;

    // linesOf returns the lines of a text. A field makes any end of a line the same.
    const linesOf = text => text.split(/\r\n?|\n/);
    const mostRows = 200; // with more the page would be slow; the engine takes fewer, and says how many

    // A row is the field of one line, and what is said of it.
    const rows = []; // {li, field, mirror, says, caret, answer}
    const texts = () => rows.map(row => row.field.value);

    // newRow makes the field of a line, after the row with an index.
    function newRow(text, after = rows.length - 1) {
      const id = `check-says-${newRow.count = (newRow.count || 0) + 1}`;
      const mirror = h("div", {class: "check-mirror", "aria-hidden": "true"});
      const field = h("textarea", {rows: 1, spellcheck: "false", autocapitalize: "off", autocomplete: "off",
        "aria-describedby": id, placeholder: "dL/dw = …"});
      const says = h("p", {class: "check-says"}), caret = h("pre", {class: "check-caret", "aria-hidden": "true"});
      const derivation = h("div", {class: "scroll"}), summary = h("summary");
      const answer = h("details", {class: "check-answer", hidden: true}, summary, derivation);
      const li = h("li", {}, h("div", {class: "check-field"}, mirror, field),
        h("div", {class: "check-below"}, h("div", {}, h("div", {id}, says), caret), answer));
      const row = {li, field, mirror, says, caret, answer, summary, derivation};
      field.value = text;
      field.addEventListener("input", () => typed(row));
      field.addEventListener("keydown", event => moved(event, row));
      field.addEventListener("focus", () => { focused = rows.indexOf(row); light(); });
      answer.addEventListener("toggle", () => answer.open && showAnswer(row));
      rows.splice(after + 1, 0, row);
      if (rows[after + 2]) lines.insertBefore(li, rows[after + 2].li);
      else lines.append(li);
      plain(row);
      return row;
    }

    // plain shows a text without marks, until the engine has read it.
    const plain = row => row.mirror.replaceChildren(row.field.value + "\u200b");

    function removeRow(row) {
      rows.splice(rows.indexOf(row), 1);
      row.li.remove();
    }

    // typed is called when the text of a row has changed. Lines that are pasted become rows.
    function typed(row) {
      const [first, ...rest] = linesOf(row.field.value);
      if (rows.length + rest.length > mostRows) {
        row.field.value = linesOf(app.state.d)[rows.indexOf(row)] ?? "";
        return tooMany(rows.length + rest.length);
      }
      if (rest.length > 0) {
        row.field.value = first;
        for (const text of rest.filter(text => text.trim()).reverse()) newRow(text, rows.indexOf(row));
      }
      plain(row);
      save();
    }

    // tooMany lets the engine refuse so many lines: it says how many it takes.
    const tooMany = n => app.engine().call("check.check", {f: "", d: "\n".repeat(n - 1)})
      .catch(error => app.say(error.message, "bad"));

    // isOpen says whether nothing stands in a row yet, or nothing behind its =.
    const isOpen = row => /^\s*([^=]*=\s*)?$/.test(row.field.value);

    // moved handles the keys that lead from line to line.
    function moved(event, row) {
      const at = rows.indexOf(row), {key} = event;
      let to;
      if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
      if (key === "Enter") to = rows[at + 1] && isOpen(rows[at + 1]) ? rows[at + 1] : newRow("", at);
      else if (key === "ArrowUp" && row.field.selectionStart === 0) to = rows[at - 1];
      else if (key === "ArrowDown" && row.field.selectionEnd === row.field.value.length) to = rows[at + 1];
      else if (key === "Backspace" && row.field.value === "" && rows.length > 1) {
        to = rows[at - 1] || rows[1];
        removeRow(row);
      }
      if (!to) return;
      event.preventDefault();
      to.field.focus();
      if (key === "Enter") to.field.selectionStart = to.field.value.length;
      if (key === "Backspace" || key === "Enter") save();
    }

    const save = () => {
      app.say("");
      app.set({f: formulas.value, d: texts().join("\n")});
      check();
    };

    // check asks the engine about all lines, and draws what it says.
    const ask = latest(async () => {
      const asked = {f: formulas.value, d: texts().join("\n")};
      const answer = await app.engine().call("check.check", asked);
      if (asked.f === formulas.value && asked.d === texts().join("\n")) draw(answer);
    });
    const check = () => ask().catch(error => app.say(error.message, "bad"));

    // caretAt shows a place in a text, of which a part fits on a phone.
    function caretAt(note) {
      if (!note.line) return "";
      const text = [...note.text.replaceAll("\t", " ")], from = Math.max(0, note.before - 20);
      return text.slice(from, note.before + 14).join("") + "\n" + " ".repeat(note.before - from) + "^";
    }

    function draw(answer) {
      checked = answer;
      part("faults").replaceChildren(...(answer.faults || []).flatMap(note => [
        h("p", {class: "check-says check-fault"}, (note.line ? `Line ${note.line}: ` : "") + note.message),
        h("pre", {class: "check-caret", "aria-hidden": "true"}, caretAt(note))]));
      formulas.setAttribute("aria-invalid", Boolean(answer.faults));
      rows.forEach((row, i) => drawLine(row, answer.lines[i], i));
      part("bar").max = answer.all || 1;
      part("bar").value = answer.right;
      const done = answer.all > 0 && answer.right === answer.all;
      if (part("progress").textContent !== answer.says) part("progress").textContent = answer.says;
      part("progress").className = done ? "check-done" : "";
      part("next").hidden = !done || !current();
      if (answer.picture && picture !== answer.picture) {
        picture = answer.picture;
        part("graph").innerHTML = picture; // drawn by the engine, which escapes names
        for (const element of part("graph").querySelectorAll("[id]")) element.id = "check-" + element.id;
        labels = new Labels(part("graph").querySelector("svg"));
      }
      light();
      clearTimeout(draw.timer); // a screen reader hears of the line when one pauses
      const here = answer.lines[focused];
      draw.timer = setTimeout(() => {
        part("spoken").textContent = here?.name ? `${here.name}: ${here.note?.message || here.says}` : "";
      }, 1200);
    }

    function drawLine(row, line, i) {
      row.li.dataset.state = line.state;
      row.field.setAttribute("aria-label", `Line ${i + 1}${line.name ? ", " + line.name : ""}`);
      row.field.setAttribute("aria-invalid", line.state === "wrong" || line.state === "bad");
      row.mirror.replaceChildren(
        ...line.pieces.map(piece => piece.mark ? h("mark", {class: piece.mark}, piece.text) : piece.text), "\u200b");
      const slips = (line.slips || []).map(text => h("span", {class: "check-slip"}, `The usual slip: ${text}.`));
      row.says.replaceChildren(line.note ? line.note.message : line.says, ...slips);
      row.caret.textContent = line.note ? caretAt(line.note) : "";
      row.caret.hidden = !row.caret.textContent;
      row.summary.textContent = line.state === "right" ? "How it is derived" : "Show me";
      row.answer.hidden = !line.name || line.state === "bad" || Boolean(checked.faults);
      if (row.name !== line.name || row.f !== formulas.value) row.answer.open = false;
      row.name = line.name;
      row.f = formulas.value;
    }

    // light marks the edge of a wrong factor: of the line that is being written or, if it is right, of the first
    // that is not. It shows the gradients that are found, and asks for the others.
    function light() {
      if (!checked) return;
      const graph = part("graph"), here = checked.lines[focused];
      const line = here?.edge ? here : checked.lines[checked.first];
      labels?.write();
      for (const edge of graph.querySelectorAll(".wrong")) edge.classList.remove("wrong");
      for (const node of graph.querySelectorAll(".found")) node.classList.remove("found");
      for (const text of graph.querySelectorAll(".grad")) text.textContent = "grad ?";
      for (const {node, value} of checked.lines.filter(line => line.node)) {
        const found = graph.querySelector(`#check-${node}`), text = found?.querySelector(".grad");
        if (!text) continue;
        text.textContent = `grad ${value} ✓`;
        found.classList.add("found");
      }
      const edge = line?.edge && graph.querySelector(`#check-${line.edge}`);
      part("lit").textContent = edge ? `The dashed edge is ${line.factor}, the first wrong factor of ${line.name}.`
        : checked.faults ? "This is the graph of the last formulas that could be read." : "";
      if (!edge) return;
      edge.classList.add("wrong");
      edge.parentNode.insertBefore(edge, edge.parentNode.querySelector(".node")); // above the other edges
      labels.write(edge.querySelector(".line"), line.factor);
      const {left, width} = edge.getBoundingClientRect(), frame = graph.getBoundingClientRect();
      if (left < frame.left || left + width > frame.right) graph.scrollLeft += left + width / 2 - frame.left - frame.width / 2;
    }

    async function showAnswer(row) {
      try {
        const {text} = await app.engine().call("check.answer", {f: formulas.value, name: row.name});
        row.derivation.innerHTML = text; // written by the engine, which escapes names
      } catch (error) {
        row.derivation.textContent = error.message;
      }
    }

    // current is the ready exercise with the formulas that are there.
    const current = () => exercises.find(exercise => exercise.f.trim() === formulas.value.trim());

    function showChoice() {
      const exercise = current();
      ready.value = exercise ? exercise.name : "";
      part("slip").hidden = !exercise;
    }

    function choose(exercise) {
      slip = 0;
      app.set({f: exercise.f, d: exercise.d, task: exercise.task});
      fill(app.state);
    }

    // next is the ready exercise after the current one.
    const next = () => exercises[(exercises.indexOf(current()) + 1) % exercises.length];

    // seeMistake puts a wrong line in place of the learner's, or below the others.
    function seeMistake() {
      const {slips} = current(), text = slips[slip++ % slips.length];
      const name = text.split("=")[0].replace(/\s/g, "");
      const row = rows.find(row => row.field.value.split("=")[0].replace(/\s/g, "") === name) || newRow("");
      row.field.value = text;
      plain(row);
      focused = rows.indexOf(row);
      save();
      app.say("This line has a mistake. Undo brings back what you had; the button shows another.");
      row.li.scrollIntoView({block: "nearest"});
    }

    function fill(state) {
      const wanted = linesOf(state.d);
      if (wanted.length > mostRows) return tooMany(wanted.length);
      formulas.value = state.f;
      while (rows.length > wanted.length) removeRow(rows.at(-1));
      wanted.forEach((text, i) => {
        if (!rows[i]) newRow(text);
        rows[i].field.value = text;
        plain(rows[i]);
      });
      part("task").textContent = state.task.slice(0, 1000);
      part("task").hidden = !state.task;
      showChoice();
      return check();
    }

    formulas.addEventListener("input", () => { showChoice(); save(); });
    ready.addEventListener("change", () => {
      const exercise = exercises.find(exercise => exercise.name === ready.value);
      if (exercise) choose(exercise);
    });
    part("add").addEventListener("click", () => { newRow("").field.focus(); save(); });
    part("slip").addEventListener("click", seeMistake);
    part("next").addEventListener("click", () => { choose(next()); rows[0].field.focus(); });
    part("make").addEventListener("click", async () => {
      try {
        const {text} = await app.engine().call("check.exercise", {f: formulas.value, d: texts().join("\n")});
        copyText(app.link({f: formulas.value, d: text, task: task.value.trim()}), "The link to the exercise");
      } catch (error) {
        app.say(error.message, "bad");
      }
    });
    app.engine().call("check.exercises", {}).then(all => {
      exercises = all;
      ready.replaceChildren(h("option", {value: ""}, "Your own"),
        ...all.map(exercise => h("option", {value: exercise.name}, exercise.name)));
      showChoice();
    }, error => app.say(error.message, "bad"));

    const written = async name =>
      (await app.engine().call(name, {f: formulas.value, d: texts().join("\n")})).text;
    return {
      show: fill,
      goText: () => written("check.go"),
      commandText: () => written("check.command"),
    };
  },
});
