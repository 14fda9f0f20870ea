export const workshops = [
  { id: "throwing", name: "Throwing", places: 4, about: "An afternoon at the wheel. You go home with two cups, and with clay up to your elbows." },
  { id: "glazing", name: "Glazing", places: 6, about: "Ash, iron and patience. We mix three glazes and find out together what the kiln makes of them." },
  { id: "raku", name: "Raku", places: 0, about: "Fire, smoke and a bucket of water, out in the yard. Only on dry days." },
];
