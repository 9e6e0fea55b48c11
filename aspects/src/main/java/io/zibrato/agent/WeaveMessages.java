package io.zibrato.agent;

import org.aspectj.bridge.IMessage;
import org.aspectj.bridge.IMessageHandler;
import org.aspectj.bridge.WeaveMessage;

/**
 * Takes what a weaver has to say. The weaver makes one for each class loader, by name, so it is
 * public and has no arguments.
 */
public final class WeaveMessages implements IMessageHandler {
  /** Set before the first weaver is made. */
  static volatile WeaveReport report;

  @Override
  public boolean handleMessage(IMessage message) {
    if (message instanceof WeaveMessage woven && woven.getAspectName() != null) {
      report.woven(
          woven.getAffectedTypeName(), joinPoint(woven.getMessage()), woven.getAspectName());
    } else if (message.isError() || message.isAbort() || message.isFailed()) {
      report.error(message.toString());
    } else if (message.getKind() == IMessage.WARNING) {
      report.warning(message.getMessage());
    }
    return true;
  }

  /**
   * {@code Join point 'method-execution(void a.B.c())' in Type ...}: what is between the quotes.
   */
  private static String joinPoint(String message) {
    int from = message.indexOf('\'') + 1;
    int to = message.indexOf("' in Type ", from);
    return to < 0 ? message : message.substring(from, to);
  }

  @Override
  public boolean isIgnoring(IMessage.Kind kind) {
    return kind == IMessage.INFO || kind == IMessage.DEBUG || kind == IMessage.TASKTAG;
  }

  @Override
  public void dontIgnore(IMessage.Kind kind) {}

  @Override
  public void ignore(IMessage.Kind kind) {}
}
