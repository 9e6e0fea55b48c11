// Keeps the page fresh: one round at a time counts, and what an older one still brings is dropped.

/** One pass over what is shown. Its work asks `stale` after each wait, and tells it of what failed. */
export class Round {
  constructor(live) {
    this.live = live;
    this.problems = [];
  }

  get stale() {
    return this.live.round !== this;
  }

  /** What a promise comes to; if it fails, that is shown under the name of what was asked for, and the fallback is the answer. */
  async attempt(what, promise, fallback = null) {
    try {
      return await promise;
    } catch (problem) {
      this.problems.push({what, problem});
      return fallback;
    }
  }
}

export class Live {
  /** work(round) refreshes; done(round) shows how it went; millis() says when to come back. */
  constructor(work, done, millis) {
    Object.assign(this, {work, done, millis, round: null, paused: false, timer: null});
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden && !this.paused) this.refresh();
    });
  }

  async refresh() {
    clearTimeout(this.timer);
    const round = new Round(this);
    this.round = round;
    await round.attempt('', this.work(round));
    if (round.stale) return;
    this.done(round);
    if (!this.paused) {
      this.timer = setTimeout(() => {
        if (!document.hidden) this.refresh();
      }, this.millis());
    }
  }

  pause(paused) {
    this.paused = paused;
    if (paused) clearTimeout(this.timer);
    else this.refresh();
  }
}
