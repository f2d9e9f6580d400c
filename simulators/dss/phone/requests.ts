import { type Dialogue, endsAt, isCodeMethod } from '../sign-in/dialogue.ts';

/** How a request reaches the person. */
export type Channel = 'application' | 'offline-application' | 'sim' | 'sms' | 'email' | 'not-chosen';

export interface PhoneRequest {
  readonly id: string;
  readonly login: string;
  readonly channel: Channel;
  readonly purpose: Dialogue['purpose'];
  readonly state: Dialogue['state']['kind'];
  /** What was sent by SMS or e-mail. */
  readonly code: string | undefined;
  readonly offlineCodes: Dialogue['offlineCodes'] | undefined;
  readonly createdAt: Date;
  readonly endsAt: Date;
}

/** What a person has in hands of a confirmation; never its token. */
export function presentRequest(dialogue: Dialogue): PhoneRequest {
  const channel = channelOf(dialogue);
  const isApplication = channel === 'application' || channel === 'offline-application';
  return {
    id: dialogue.id,
    login: dialogue.user.login,
    channel,
    purpose: dialogue.purpose,
    state: dialogue.state.kind,
    code: isCodeMethod(dialogue.method) ? dialogue.code : undefined,
    offlineCodes: isApplication ? dialogue.offlineCodes : undefined,
    createdAt: dialogue.createdAt,
    endsAt: endsAt(dialogue),
  };
}

function channelOf({ method, user }: Dialogue): Channel {
  switch (method) {
    case undefined:
      return 'not-chosen';
    case 'otpviasms':
      return 'sms';
    case 'otpviaemail':
      return 'email';
    case 'simauth':
      return 'sim';
    case 'mobile':
    case 'mydss':
      return user.offline === true ? 'offline-application' : 'application';
  }
}
