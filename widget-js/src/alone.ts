import { beginFetched } from "./fetched";
import { safely } from "./safely";

// The widget without settings inside, the same bytes for every site, so that a page can name their hash (Subresource Integrity).
safely(() => {
  const script = document.currentScript as HTMLScriptElement;
  const { site, consent } = script.dataset;
  if (site) void beginFetched(script.src, site, consent);
})();
