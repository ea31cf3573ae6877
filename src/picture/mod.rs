//! 图片里的字 — what a picture says beside what it shows: the words of a drawing and of a PDF's pages, and what cameras and programs write into a photograph
//! (who took it, where, with what), which never leaves the workspace.

mod pages;

use quick_xml::Reader;
use quick_xml::events::Event;

/// Attributes of a drawing that are words, and no figures of its lines.
const SPOKEN: [&str; 6] = ["aria-label", "title", "alt", "label", "content", "href"];

/// The words of an SVG (its texts, its title and description, what its metadata say) and of a PDF; of any other picture, none.
#[must_use]
pub fn words(path: &str, bytes: &[u8]) -> Vec<String> {
    if bytes.starts_with(b"%PDF-") {
        return pages::words(bytes);
    }
    let Some(text) = std::str::from_utf8(bytes).ok().filter(|_| path.to_lowercase().ends_with(".svg")) else {
        return Vec::new();
    };
    let mut reader = Reader::from_str(text);
    let (mut words, mut told) = (Vec::new(), Vec::new());
    // A text is often set in pieces: 139, 1234, 5678.
    let mut together = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Eof) | Err(_) => break,
            Ok(Event::Text(text)) => words.push(text.xml10_content().into_owned()),
            Ok(Event::CData(text)) => words.push(text.to_string()),
            Ok(Event::Comment(text)) => told.push(text.to_string()),
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                let attributes = tag.attributes().flatten();
                let spoken = attributes.filter(|one| SPOKEN.contains(&local(one.key.as_ref())));
                told.extend(spoken.map(|attribute| attribute.value.into_owned()));
            }
            Ok(_) => {}
        }
    }
    words.retain(|word| !word.trim().is_empty());
    for word in &words {
        together.push_str(word.trim());
    }
    words.push(together);
    words.extend(told);
    words
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The picture without what is no picture: a JPEG without Exif (but for the way up), comments and the like, a PNG without texts, times
/// and Exif. Anything else, and what cannot be read to its end, is left as it is.
#[must_use]
pub fn bare(bytes: Vec<u8>) -> Vec<u8> {
    let stripped = if bytes.starts_with(&[0xFF, 0xD8]) {
        jpeg(&bytes)
    } else if bytes.starts_with(PNG) {
        png(&bytes)
    } else {
        None
    };
    stripped.unwrap_or(bytes)
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = PNG.to_vec();
    let mut rest = bytes.get(PNG.len()..)?;
    while !rest.is_empty() {
        let length = usize::try_from(u32::from_be_bytes(rest.get(..4)?.try_into().ok()?)).ok()?;
        let chunk = rest.get(..length.checked_add(12)?)?;
        let kind = chunk.get(4..8)?;
        if ![b"tEXt", b"zTXt", b"iTXt", b"tIME", b"eXIf"].iter().any(|told| kind == *told) {
            out.extend_from_slice(chunk);
        }
        rest = rest.get(chunk.len()..)?;
        if kind == b"IEND" {
            // What programs hang behind the picture is no part of it.
            return Some(out);
        }
    }
    None
}

fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = vec![0xFF, 0xD8];
    let mut at = 2;
    loop {
        let marker = *bytes.get(at + 1).filter(|_| bytes.get(at) == Some(&0xFF))?;
        if marker == 0xFF {
            at += 1;
            continue;
        }
        // The picture itself follows.
        if marker == 0xDA {
            out.extend_from_slice(bytes.get(at..)?);
            return Some(out);
        }
        let length = usize::from(u16::from_be_bytes(bytes.get(at + 2..at + 4)?.try_into().ok()?));
        let segment = bytes.get(at..(at + 2).checked_add(length)?)?;
        match marker {
            0xE1 => out.extend(orientation(segment.get(4..)?).map(upright).unwrap_or_default()),
            // JFIF, the colour profile and Adobe's transform say how to read the picture.
            0xE0 | 0xE2 | 0xEE => out.extend_from_slice(segment),
            0xE3..=0xEF | 0xFE => {}
            _ => out.extend_from_slice(segment),
        }
        at += segment.len();
    }
}

/// The way up that an Exif segment tells, where it is not the usual one.
fn orientation(segment: &[u8]) -> Option<u8> {
    let tiff = segment.strip_prefix(b"Exif\0\0")?;
    let little = tiff.starts_with(b"II");
    let two = |at: usize| -> Option<u16> {
        let pair = tiff.get(at..at + 2)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    };
    let four = |at: usize| -> Option<usize> {
        let four = tiff.get(at..at + 4)?.try_into().ok()?;
        usize::try_from(if little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) }).ok()
    };
    let entries = four(4)?;
    let found =
        (0..usize::from(two(entries)?)).map(|number| entries + 2 + number * 12).find(|at| two(*at) == Some(0x0112));
    found.and_then(|at| two(at + 8)).and_then(|way| u8::try_from(way).ok()).filter(|way| (2..=8).contains(way))
}

/// An Exif segment that tells the way up and nothing else.
fn upright(way: u8) -> Vec<u8> {
    let mut segment = vec![0xFF, 0xE1, 0, 34];
    segment.extend_from_slice(b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0");
    segment.extend_from_slice(&[way, 0, 0, 0, 0, 0, 0]);
    segment
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_tells_its_words_also_where_they_are_set_in_pieces() {
        let svg = "<svg xmlns='http://www.w3.org/2000/svg'><title>甲</title><metadata>13912345678</metadata>\
                   <text><tspan>139</tspan><tspan>1234</tspan></text><!--乙--><rect aria-label='丙'/></svg>";
        let told = words("a.SVG", svg.as_bytes());
        for word in ["甲", "13912345678", "乙", "丙"] {
            assert!(told.iter().any(|one| one == word), "{word}: {told:?}");
        }
        assert!(told.iter().any(|one| one.contains("1391234")));
        // The figures of lines are no numbers of persons.
        let lines =
            "<svg xmlns='http://www.w3.org/2000/svg'><path d='M139 1234 5678'/><rect x='139' y='12345678'/></svg>";
        assert_eq!(words("a.svg", lines.as_bytes()), [""]);
        assert!(words("a.png", svg.as_bytes()).is_empty());
    }

    fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
        [&u32::try_from(data.len()).unwrap().to_be_bytes()[..], kind, data, &[0; 4]].concat()
    }

    #[test]
    fn a_png_keeps_its_picture_alone() {
        let kept = [chunk(b"IHDR", b"x"), chunk(b"iCCP", b"p"), chunk(b"IDAT", b"d"), chunk(b"IEND", b"")];
        let told = [chunk(b"tEXt", b"Author"), chunk(b"eXIf", b"GPS"), chunk(b"tIME", b"t")];
        let all = [PNG, &kept[0], &told[0], &kept[1], &told[1], &kept[2], &told[2], &kept[3], b"behind"].concat();
        assert_eq!(bare(all), [PNG, &kept.concat()].concat());
        let cut = [PNG, &kept[0], b"cut"].concat();
        assert_eq!(bare(cut.clone()), cut);
    }

    fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
        [&[0xFF, marker][..], &u16::try_from(data.len() + 2).unwrap().to_be_bytes(), data].concat()
    }

    #[test]
    fn a_jpeg_keeps_its_picture_and_the_way_up() {
        let exif =
            b"Exif\0\0II*\0\x08\0\0\0\x02\0\x0e\x01\x02\0\x04\0\0\0GPS\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        let (jfif, profile, scan) = (segment(0xE0, b"JFIF"), segment(0xE2, b"ICC"), [0xFF, 0xDA, 1, 2, 0xFF, 0xD9]);
        let all = [
            &[0xFF, 0xD8][..],
            &jfif,
            &segment(0xE1, exif),
            &segment(0xED, b"IPTC"),
            &profile,
            &segment(0xFE, b"me"),
            &scan,
        ]
        .concat();
        let bare_one = bare(all);
        assert_eq!(bare_one, [&[0xFF, 0xD8][..], &jfif, &upright(6), &profile, &scan].concat());
        assert!(!bare_one.windows(3).any(|three| three == b"GPS"));
        assert_eq!(orientation(upright(6).get(4..).unwrap()), Some(6));
        // What is bare already stays the same, byte for byte.
        assert_eq!(bare(bare_one.clone()), bare_one);
    }
}
