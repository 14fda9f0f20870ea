export const rooms = [
  { id: "drizzle", name: "Drizzle", about: "Forty kinds of almost nothing. Bring a coat, or do not." },
  { id: "cloudburst", name: "Cloudburst", about: "Three minutes, on the hour. There are towels." },
  { id: "drought", name: "Drought", about: "An empty room, and what people have done to fill it." },
];
