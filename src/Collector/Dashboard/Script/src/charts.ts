import uPlot from "uplot";

/** One day, week or month of a trend, as the table beside the chart has it. */
interface Point {
  at: number;
  mean: number | null;
  low: number | null;
  high: number | null;
}

interface Mark {
  at: number;
  title: string;
}

/** Draws the trends whose tables are on the page. Who has no script, or cannot see the chart, reads the table. */
export function enhanceCharts(root: ParentNode): void {
  for (const figure of root.querySelectorAll<HTMLElement>("figure[data-trend]")) {
    draw(figure);
  }
}

function draw(figure: HTMLElement): void {
  const points = [...figure.querySelectorAll<HTMLTableRowElement>("tbody tr")].map(pointOf);
  const place = figure.querySelector<HTMLElement>(".chart");
  if (!place) return; // Of a single point there is no trend.
  const marks: Mark[] = [...figure.querySelectorAll<HTMLElement>("[data-mark]")].map((mark) => ({ at: Date.parse(mark.dataset.mark!) / 1000, title: mark.textContent ?? "" }));
  const data: uPlot.AlignedData = [points.map((point) => point.at), points.map((point) => point.mean), points.map((point) => point.low), points.map((point) => point.high)];
  const language = document.documentElement.lang;
  const min = Number(figure.dataset.min);
  const max = Number(figure.dataset.max);
  const target = figure.dataset.target ? Number(figure.dataset.target) : undefined;

  const make = (): uPlot => {
    const color = (name: string): string => {
      // What a property says depends on light and dark; what a colour is drawn with does not.
      place.style.color = `var(${name})`;
      const drawn = getComputedStyle(place).color;
      place.style.color = "";
      return drawn;
    };
    const [ink, grid, line, band, markInk, targetInk] = ["--ink-2", "--line", "--accent", "--band", "--ink-2", "--good"].map(color) as [string, string, string, string, string, string];
    const font = `12px ${getComputedStyle(document.body).fontFamily}`;
    const short = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", timeZone: "UTC" });
    place.replaceChildren();
    return new uPlot(
      {
        width: place.clientWidth,
        height: place.clientHeight,
        tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
        legend: { show: false },
        cursor: { y: false, points: { size: 8 }, drag: { x: false, y: false } },
        padding: [14, 12, 0, 0],
        scales: { x: { time: true }, y: { range: () => rangeOf(points, min, max, target) } },
        axes: [
          { stroke: ink, font, grid: { show: false }, ticks: { stroke: grid, size: 4 }, size: 28, values: (_, splits) => splits.map((at) => short.format(at * 1000)), space: 70 },
          { stroke: ink, font, grid: { stroke: grid, width: 1 }, ticks: { show: false }, size: 40, values: (_, splits) => splits.map((value) => new Intl.NumberFormat(language).format(value)) },
        ],
        series: [
          {},
          { stroke: line, width: 2, spanGaps: true, points: { show: points.length < 60, size: 5, fill: line } },
          { stroke: "transparent", points: { show: false }, spanGaps: true },
          { stroke: "transparent", points: { show: false }, spanGaps: true },
        ],
        bands: [{ series: [3, 2], fill: band }],
        hooks: {
          drawClear: [(chart) => drawMarks(chart, marks, target, markInk, targetInk)],
          setCursor: [(chart) => tell(figure, chart, points, marks)],
        },
      },
      data,
      place,
    );
  };

  let chart = make();
  new ResizeObserver(() => {
    if (place.clientWidth > 0 && place.clientWidth !== chart.width) chart.setSize({ width: place.clientWidth, height: place.clientHeight });
  }).observe(place);
  for (const query of ["(prefers-color-scheme: dark)", "print"]) {
    matchMedia(query).addEventListener("change", () => {
      chart.destroy();
      chart = make();
    });
  }
}

function pointOf(row: HTMLTableRowElement): Point {
  const number = (name: string): number | null => (row.dataset[name] ? Number(row.dataset[name]) : null);
  return { at: Date.parse(row.dataset.at!) / 1000, mean: number("mean"), low: number("low"), high: number("high") };
}

/** The scale around what is there, in whole steps: a trend of half a point must be seen, and a jump that is only noise must not fill the page. */
function rangeOf(points: Point[], min: number, max: number, target: number | undefined): [number, number] {
  const values = points.flatMap((point) => [point.mean, point.low, point.high]).filter((value) => value !== null);
  if (target !== undefined) values.push(target);
  if (values.length === 0) return [min, max];
  const step = (max - min) / 12;
  const low = Math.max(min, Math.floor(Math.min(...values) / step) * step);
  const high = Math.min(max, Math.ceil(Math.max(...values) / step) * step);
  return high - low < step * 3 ? [Math.max(min, low - step), Math.min(max, high + step)] : [low, high];
}

function drawMarks(chart: uPlot, marks: Mark[], target: number | undefined, ink: string, targetInk: string): void {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.lineWidth = devicePixelRatio;
  if (target !== undefined) {
    const y = Math.round(chart.valToPos(target, "y", true));
    ctx.strokeStyle = targetInk;
    ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
    line(ctx, bbox.left, y, bbox.left + bbox.width, y);
  }

  ctx.strokeStyle = ink;
  ctx.fillStyle = ink;
  ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
  for (const mark of marks) {
    const x = Math.round(chart.valToPos(mark.at, "x", true));
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    line(ctx, x, bbox.top, x, bbox.top + bbox.height);
    ctx.beginPath();
    ctx.arc(x, bbox.top, 4 * devicePixelRatio, 0, 2 * Math.PI);
    ctx.fill();
  }
  ctx.restore();
}

function line(ctx: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.lineTo(x2, y2);
  ctx.stroke();
}

/** Says in the line below the chart what is under the pointer: the table's own words. */
function tell(figure: HTMLElement, chart: uPlot, points: Point[], marks: Mark[]): void {
  const place = figure.querySelector<HTMLElement>(".chart-reading");
  if (!place) return;
  const index = chart.cursor.idx;
  const point = index === null || index === undefined ? undefined : points[index];
  const row = point && figure.querySelectorAll<HTMLTableRowElement>("tbody tr")[index!];
  const words = row ? [...row.cells].map((cell) => cell.textContent?.trim()).filter(Boolean) : [];
  const near = point ? marks.filter((mark) => Math.abs(mark.at - point.at) < 43_200).map((mark) => mark.title) : [];
  place.textContent = [...words, ...near].join(" · ");
}
