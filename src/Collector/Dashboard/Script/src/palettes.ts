/** Draws the sketch of a survey anew while one chooses its colours, and says how well they are read on each other. */
export function enhancePalettes(root: ParentNode): void {
  for (const palette of root.querySelectorAll<HTMLElement>("[data-palette]")) {
    const number = new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    palette.addEventListener("input", () => {
      const colors = new Map([...palette.querySelectorAll<HTMLInputElement>("[data-color]")].map((input) => [input.dataset.color, input.value]));
      for (const part of palette.querySelectorAll<SVGElement>("[data-fill], [data-stroke]")) {
        if (part.dataset.fill) part.setAttribute("fill", colors.get(part.dataset.fill)!);
        if (part.dataset.stroke) part.setAttribute("stroke", colors.get(part.dataset.stroke)!);
      }
      for (const place of palette.querySelectorAll<HTMLElement>("[data-contrast]")) {
        const contrast = Math.floor(contrastOf(colors.get(place.dataset.contrast)!, colors.get(place.dataset.behind)!) * 10) / 10;
        place.textContent = place.textContent!.replace(/^[\d.,]+|–/, number.format(contrast)).replace(/[✓✗]/, contrast >= 4.5 ? "✓" : "✗");
      }
    });
  }
}

/** As the server works it out, which has the last word (WCAG 2.2). */
function contrastOf(color: string, other: string): number {
  const [dark, light] = [luminance(color), luminance(other)].sort((one, another) => one - another) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const light = (at: number): number => {
    const part = parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * light(1) + 0.7152 * light(3) + 0.0722 * light(5);
}
