// The time left by the server's clock: the page says what the server's time was when it was made, each save again.
const SHORT_MS = 5 * 60_000;
const ANNOUNCED_MINUTES = [5, 1];
const LAST_FLUSHES_MS = [10_000, 3_000, 1_000];

export class Timer {
  constructor(element, announcer, { nearly, over }) {
    Object.assign(this, { element, announcer, nearly, over });
    this.ends = Number(element.dataset.ends);
    this.sync(Number(element.dataset.now));
    this.before = this.left;
    this.tick();
    this.interval = setInterval(() => this.tick(), 1000);
    document.addEventListener("visibilitychange", () => this.tick());
  }

  sync(serverNow) {
    this.offset = serverNow - Date.now();
  }

  get left() {
    return this.ends - (Date.now() + this.offset);
  }

  tick() {
    const left = this.left;
    this.element.textContent = written(Math.max(Math.ceil(left / 1000), 0));
    this.element.classList.toggle("timer-short", left <= SHORT_MS);
    for (const minutes of ANNOUNCED_MINUTES) {
      if (left <= minutes * 60_000 && this.before > minutes * 60_000) {
        this.announcer.textContent = this.element.getAttribute(`data-announce-${minutes}`);
      }
    }
    if (LAST_FLUSHES_MS.some((mark) => left <= mark && this.before > mark)) this.nearly();
    this.before = left;
    if (left <= 0) {
      clearInterval(this.interval);
      if (!this.ended) this.over();
      this.ended = true;
    }
  }
}

function written(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${two(minutes)}:${two(seconds % 60)}`;
}
