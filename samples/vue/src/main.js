import { createApp } from "vue";
import { createRouter, createWebHistory } from "vue-router";
import App from "./App.vue";
import Home from "./pages/Home.vue";
import Room from "./pages/Room.vue";
import Tickets from "./pages/Tickets.vue";
import "./style.css";

const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: "/", component: Home },
    { path: "/rooms/:id", component: Room, props: true },
    { path: "/tickets", component: Tickets },
  ],
});

createApp(App).use(router).mount("#app");
