// Enhanced navigation replaces all that a page holds, and would take an open survey along: it is put back.
let survey;
Blazor.addEventListener("enhancednavigationstart", () => { survey = document.querySelector("collector-survey"); });
Blazor.addEventListener("enhancedload", () => {
  if (!survey || survey.isConnected) return;
  document.body.append(survey);
  survey.showPopover?.();
});
