"use strict";
// Runs within a plan's frame, after Vue and pev2.
Vue.createApp(pev2.Plan, {
  planSource: document.getElementById("plan").textContent,
  planQuery: "",
}).mount("#app");
