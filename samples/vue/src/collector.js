/** Tells Collector what happens here. What is told before its script is there waits in a queue. */
export function tell(...call) {
  window.collector ??= (...later) => { (window.collector.q ??= []).push(later); };
  window.collector(...call);
}
