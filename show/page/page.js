mountStepper(document.querySelector(".stepper"), JSON.parse(document.getElementById("data").textContent),
  {keys: document});
