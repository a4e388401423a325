// Tells the server once that the end of the lesson was in view after a few seconds of reading.
const mark = document.querySelector(".lesson-end-mark");

if (mark && !("reached" in mark.dataset)) {
  const needed = Number(mark.dataset.seconds);
  let seconds = 0;
  let seen = false;
  const observer = new IntersectionObserver((entries) => {
    seen = seen || entries.some((entry) => entry.isIntersecting);
  });
  observer.observe(mark);
  const clock = setInterval(() => {
    if (document.visibilityState === "visible") seconds += 1;
    if (!seen || seconds < needed) return;
    clearInterval(clock);
    observer.disconnect();
    mark.dispatchEvent(new CustomEvent("reached"));
  }, 1000);
}
