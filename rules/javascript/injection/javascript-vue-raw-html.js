import Vue, { createApp, h } from "vue";

export default {
  render() {
    // ruleid: javascript-vue-raw-html
    return h("div", { class: "comment", innerHTML: this.comment });
  },
};

export function old(createElement, text) {
  // ruleid: javascript-vue-raw-html
  return createElement("p", { domProps: { innerHTML: text } });
}

// ruleid: javascript-vue-raw-html
new Vue({ el: "#app", template: "<p>" + location.hash + "</p>" });
// ruleid: javascript-vue-raw-html
createApp({ template: `<p>${name}</p>` });
// ruleid: javascript-vue-raw-html
Vue.component("greeting", { template: "<p>" + name + "</p>" });
// ok: javascript-vue-raw-html
new Vue({ el: "#app", template: "<p>{{ name }}</p>" });
// ok: javascript-vue-raw-html
const a = h("div", { innerHTML: DOMPurify.sanitize(comment) });
// ok: javascript-vue-raw-html
const b = h("div", { innerHTML: "<b>fixed</b>" });
// ok: javascript-vue-raw-html
const c = h("div", { class: "comment" }, comment);
// ok: javascript-vue-raw-html
const d = { innerHTML: comment };
