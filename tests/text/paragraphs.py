"""200 paragraphs of 20 languages, and the lines that Chromium makes of them.

    python -m tests.text.paragraphs        # writes tests/text/paragraphs.json; needs Chromium

Sentences are our own, about the weather and the garden; the scripts are those that the DejaVu and Liberation fonts
hold.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

RECORD: Final = Path(__file__).parent / "paragraphs.json"

SENTENCES: Final[dict[str, str]] = {
    "en": "The garden was quiet after the rain, and the old dog slept under the well-worn table until evening.",
    "de": "Nach dem Regen war der Gemüsegarten ruhig, und die Straßenbahnhaltestelle lag verlassen im Abendlicht.",
    "fr": "Après la pluie, le jardin était calme ; l’été s’achevait déjà, et « rien » ne bougeait sous les arbres !",
    "es": "¿Quién plantó estos árboles? El jardín quedó en silencio después de la lluvia, y el perro dormía.",
    "pt": "Depois da chuva, o jardim ficou em silêncio; ninguém esperava que a manhã começasse tão depressa.",
    "it": "Dopo la pioggia il giardino era tranquillo, perché nessuno voleva più uscire di casa così tardi.",
    "nl": "Na de regen was de tuin stil, en de oude hond sliep onder de tafel tot het bijna donker werd.",
    "sv": "Efter regnet var trädgården tyst, och den gamla hunden sov under bordet ända till kvällen.",
    "fi": "Sateen jälkeen puutarha oli hiljainen, ja vanha koira nukkui pöydän alla aina iltaan saakka.",
    "pl": "Po deszczu ogród był cichy, a stary pies spał pod stołem aż do wieczora, gdy przyszły źrebięta.",
    "cs": "Po dešti byla zahrada tichá a starý pes spal pod stolem až do večera, než přišli sousedé.",
    "hu": "Az eső után a kert csendes volt, és az öreg kutya estig aludt az asztal alatt, őrizve a házat.",
    "tr": "Yağmurdan sonra bahçe sessizdi; yaşlı köpek akşama kadar masanın altında uyudu, ışık azaldı.",
    "vi": "Sau cơn mưa, khu vườn thật yên tĩnh, và con chó già ngủ dưới gầm bàn cho đến tận buổi tối.",
    "ru": "После дождя в саду было тихо, и старая собака спала под столом до самого вечера, не просыпаясь.",
    "uk": "Після дощу в саду було тихо, і старий пес спав під столом аж до вечора, не чуючи їхніх кроків.",
    "el": "Μετά τη βροχή ο κήπος ήταν ήσυχος, και ο γέρικος σκύλος κοιμόταν κάτω από το τραπέζι ώς το βράδυ.",
    "he": "אחרי הגשם היה הגן שקט, והכלב הזקן ישן מתחת לשולחן עד הערב, עד שהגיעו 12 אורחים מן העיר Haifa.",
    "ar": "بعد المطر كانت الحديقة هادئة، ونام الكلب العجوز تحت الطاولة حتى المساء حين وصل 12 ضيفا من Cairo.",
    "hy": "Անձրևից հետո այգին լուռ էր, և ծեր շունը քնած էր սեղանի տակ մինչև երեկո, երբ եկան հյուրերը։",
}

STYLES: Final = (
    "width:300px",
    "width:173px",
    "width:520px;text-align:justify",
    "width:240px;font-size:13px",
    "width:410px;font:italic 21px/1.3 'Liberation Serif'",
    "width:120px;overflow-wrap:anywhere",
    "width:260px;letter-spacing:1.5px;font-weight:bold",
    "width:350px;text-indent:40px;word-spacing:3px",
    "width:200px;text-wrap:balance",
    "width:90px;word-break:break-all;font:14px 'DejaVu Sans'",
)


def page() -> str:
    """All paragraphs."""
    parts = [
        "<!DOCTYPE html><meta charset=utf-8>",
        "<style>body{margin:0;font:16px/20px 'Liberation Sans'}p{margin:0 0 10px}</style>",
    ]
    for language, sentence in SENTENCES.items():
        direction = " dir=rtl" if language in ("he", "ar") else ""
        for number, style in enumerate(STYLES):
            # The text begins elsewhere each time, and is twice as long in the wide ones.
            words = sentence.split(" ")
            turn = number % len(words)
            text = " ".join(words[turn:] + words[:turn])
            parts.append(
                f'<p lang={language}{direction} style="{style}">{html.escape(text)} {html.escape(sentence)}</p>'
            )
    return "\n".join(parts)


SCRIPT: Final = """<script>addEventListener('load', () => {
  const all = [...document.querySelectorAll('p')].map(p => {
    const range = document.createRange(), box = p.getBoundingClientRect(), lines = [];
    range.selectNodeContents(p);
    for (const rect of range.getClientRects()) {
      const middle = rect.top + rect.height / 2 - box.top, last = lines[lines.length - 1];
      if (last && Math.abs(last[0] - middle) < 4) {
        last[1] = Math.min(last[1], rect.left); last[2] = Math.max(last[2], rect.right);
      } else lines.push([middle, rect.left, rect.right]);
    }
    return lines.map(line => [line[1], line[2]].map(x => Math.round(x * 64) / 64));
  });
  document.documentElement.innerHTML = '<pre id=lines></pre>';
  document.getElementById('lines').textContent = JSON.stringify(all);
});</script>"""


def main() -> None:
    """Record."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "paragraphs.html")
        file.write_text(page() + SCRIPT, "utf-8")
        command = [
            shutil.which("chromium") or "chromium",
            *"--headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1280,887".split(),
            "--virtual-time-budget=5000",
            "--dump-dom",
            file.as_uri(),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    found = re.search(r'<pre id="lines">(.*?)</pre>', done.stdout, re.DOTALL)
    if found is None:
        raise SystemExit("Chromium told nothing")
    lines = json.loads(html.unescape(found.group(1)))
    RECORD.write_text("[\n" + ",\n".join(json.dumps(paragraph) for paragraph in lines) + "\n]\n")
    print(len(lines), "paragraphs,", sum(map(len, lines)), "lines")


if __name__ == "__main__":
    main()
