import type { RefusalReason } from '../../../../src/portal/contract.ts';
import { refusalEn } from '../../texts/refusal-en.ts';
import { type Block, picture, type Section, text } from '../blocks.ts';
import type { PictureName } from '../picture-names.ts';

export function messages(): Section {
  return {
    id: 'messages',
    title: 'What the messages mean',
    blocks: [
      text(
        'The number stands on the page beside the text (“Code for support”): it can be read out on the phone.',
      ),
    ],
    parts: [
      entry(
        'certificate-missing',
        'refused-missing',
        text(
          'No certificate has been issued to the signed-in user. Download the certificate and do what is said in [[install]].',
        ),
      ),
      entry(
        'certificate-mismatch-none-issued',
        'refused-mismatch-none-issued',
        text(
          'The certificate chosen in the browser is not the signed-in user’s, and none has been issued to that user. Download and install the certificate, restart the browser and choose the one of the signed-in user.',
        ),
      ),
      entry(
        'certificate-mismatch',
        'refused-mismatch',
        text(
          'The certificate chosen in the browser is not the signed-in user’s, whose own has been issued and is active. Press “Choose another certificate” or restart the browser, and choose the one of the signed-in user. In Firefox see [[decisions]] first.',
        ),
      ),
      entry(
        'certificate-not-presented',
        'refused-not-presented',
        text(
          'The certificate is not installed, or is installed but not chosen in the browser; it has been issued and is active. Install it if it is not installed, restart the browser and choose the certificate of the signed-in user.',
        ),
        text('The browser does not ask? See [[no-window]].'),
      ),
      entry(
        'certificate-revoked',
        'refused-revoked',
        text(
          'The signed-in user’s certificate has been revoked. To go on working, contact the administrator.',
        ),
      ),
      entry(
        'certificate-expired',
        'refused-expired',
        text(
          'The signed-in user’s certificate has expired. Get a new one with “Download the certificate”, install it, restart the browser and choose the new one. Do not forget to remove the old one, so that the two are not confused, see [[remove]].',
        ),
      ),
      entry(
        'account-blocked',
        undefined,
        text('An administrator has blocked the account: contact the administrator.'),
      ),
      entry(
        'certificate-suspended',
        undefined,
        text(
          'An administrator has suspended the certificate. It does not have to be installed again: contact the administrator.',
        ),
      ),
      entry(
        'certificate-not-yet-valid',
        undefined,
        text(
          'The certificate is not valid yet: wait for the time named on the page. Check the computer’s clock, too.',
        ),
      ),
    ],
  };
}

function entry(reason: RefusalReason, shown: PictureName | undefined, ...meaning: Block[]): Section {
  const { title, text: message } = refusalEn.reasons[reason];
  return {
    id: reason,
    title,
    blocks: [
      { kind: 'message', reason, text: message },
      ...meaning,
      ...(shown === undefined ? [] : [picture(shown, message)]),
    ],
  };
}
