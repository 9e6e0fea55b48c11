package io.zibrato.samples.shop;

import io.zibrato.annotations.CountMe;
import io.zibrato.annotations.Levels;
import io.zibrato.annotations.TimeMe;

/** Takes the money. */
final class Till {
  static final long POINTS = 5;

  static final class DeclinedException extends Exception {
    private static final long serialVersionUID = 1;

    DeclinedException(int card) {
      super("card " + card + " is declined");
    }
  }

  /** Every 40th card is declined. */
  @TimeMe(name = "shop.pay")
  @CountMe(name = "shop.points", value = POINTS, on = CountMe.On.RETURN)
  @CountMe(name = "shop.declined", level = Levels.ERROR, on = CountMe.On.THROW)
  void pay(int card, long cents) throws DeclinedException {
    if (cents < 0) throw new IllegalArgumentException("cents < 0: " + cents);
    if (card % 40 == 0) throw new DeclinedException(card);
  }
}
