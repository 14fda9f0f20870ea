import { enhanceCharts } from "./charts";
import { enhanceCopies } from "./copies";
import { enhanceEdits } from "./edits";
import { enhanceFilters } from "./filters";
import { enhanceLive } from "./live";
import { enhanceMenus } from "./menus";
import { enhancePalettes } from "./palettes";
import { enhancePreviews } from "./previews";
import { enhanceTabs } from "./tabs";

/** Adds to a page, or to the part of it that was just loaded, what scripts can do there. Without scripts all of it works too, in its plain way. */
function enhance(root: ParentNode): void {
  enhanceCharts(root);
  enhanceCopies(root);
  enhanceEdits(root);
  enhancePalettes(root);
  enhancePreviews(root);
  enhanceLive(root);
  enhanceFilters(root, enhance);
  enhanceTabs(root);
}

enhanceMenus();
enhance(document);
